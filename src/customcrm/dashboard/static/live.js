// What is on screen follows what Enginy writes. One stream, while the tab is in sight.

const AGAIN = 60_000; // when the server had no room
const SPACING = { about: 800, page: 3000 }; // between two refreshes of one page

let stream = null;
let topic = "";
let heard = "";
let waiting = 0;
let timer = 0;
let last = 0;
let carried = 0; // how many news the refresh under way brings
let wanted = false; // whether somebody has asked for it

const frame = () => document.getElementById("frame");
const content = () => document.getElementById("content");

// The stream

function connect() {
  disconnect();
  const { live, since } = frame()?.dataset ?? {};
  if (!live || document.hidden) return;
  if (live !== topic) [topic, heard] = [live, ""];
  stream = new EventSource(`${live}&since=${since}${heard ? `&after=${heard}` : ""}`);
  stream.addEventListener("news", (event) => {
    heard = event.lastEventId;
    arrive(Number(event.data));
  });
  stream.addEventListener("beat", (event) => {
    heard = event.lastEventId;
  });
  const mine = stream;
  stream.addEventListener("error", () => {
    // A browser comes again by itself, unless it was refused.
    if (mine.readyState === EventSource.CLOSED && mine === stream) setTimeout(connect, AGAIN);
  });
}

function disconnect() {
  stream?.close();
  stream = null;
}

document.addEventListener("visibilitychange", connect);
window.addEventListener("pagehide", disconnect);
window.addEventListener("pageshow", (event) => event.persisted && connect());
document.addEventListener("htmx:after:swap", (event) => {
  if ((frame()?.dataset.live ?? "") !== topic) connect();
  // What somebody has just saved where it stands is no news to them: they were busy with it.
  if (!event.detail.ctx.sourceElement?.matches?.(".fact")) return;
  setTimeout(() => waiting && !isBusy() && refresh(), SPACING.about);
});

// News

function arrive(count) {
  waiting += count;
  if (isBusy()) return offer();
  const spacing = topic.includes("about=") ? SPACING.about : SPACING.page;
  const left = last + spacing - Date.now();
  clearTimeout(timer);
  if (left <= 0) refresh();
  else timer = setTimeout(() => (isBusy() ? offer() : refresh()), left);
}

// What is under a pressed pointer is about to be used.
let pressed = false;
for (const [name, down] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
  document.addEventListener(name, () => { pressed = down; }, true);
}

// Nobody loses what they are typing, choosing, deciding between or pointing at.
function isBusy() {
  const page = content();
  if (!page || pressed) return true;
  const typed = [...page.querySelectorAll("form[method=post] :is(input, textarea)")].some(
    (field) => !["hidden", "checkbox", "radio"].includes(field.type) && field.value !== field.defaultValue,
  );
  return (
    typed ||
    page.querySelector(".contested, form.in-place") !== null ||
    page.contains(document.activeElement?.closest("input, select, textarea") ?? null) ||
    document.querySelector("dialog[open], details.drop[open]") !== null ||
    page.querySelector("#results:hover tbody, #results :checked, [data-selection] :checked") !== null ||
    !getSelection().isCollapsed
  );
}

function offer() {
  let pill = document.getElementById("news");
  if (!pill) {
    const holder = document.createElement("div");
    holder.className = "news";
    holder.role = "status";
    holder.innerHTML = "<button type='button' class='button' id='news'></button>";
    frame().append(holder);
    pill = holder.firstElementChild;
    pill.addEventListener("click", () => refresh(true));
  }
  pill.textContent = document.getElementById("results") ? "New entries" : `${waiting} new — refresh`;
}

const seen = () => new Set([...document.querySelectorAll(".timeline > [id]")].map((one) => one.id));

async function refresh(asked = false) {
  clearTimeout(timer);
  document.getElementById("news")?.parentElement.remove();
  [carried, wanted] = [waiting, asked];
  waiting = 0;
  last = Date.now();
  const known = seen();
  await htmx.ajax("GET", location.pathname + location.search, {
    source: frame(),
    target: content(),
    select: "#content",
    swap: "outerMorph",
  });
  for (const one of document.querySelectorAll(".timeline > [id]")) {
    one.classList.toggle("fresh", !known.has(one.id));
  }
}

// What comes is laid over what is there: what somebody has opened stays open, and what they have
// scrolled to stays there.

htmx.registerExtension("live", {
  htmx_before_morph_attr: (element, { attrName }) =>
    !(element.tagName === "DETAILS" && attrName === "open"),
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.sourceElement !== frame() || !ctx.text) return;
  // Somebody may have begun something while it was on its way.
  if (!wanted && (isBusy() || content().querySelector(".htmx-request"))) {
    event.preventDefault();
    setTimeout(arrive, SPACING.about, carried);
    return;
  }
  const came = new DOMParser().parseFromString(ctx.text, "text/html");
  if (keepOlder(came)) ctx.text = came.documentElement.outerHTML;
});

function keepOlder(came) {
  const [mine, theirs] = [document, came].map((one) => one.querySelector(".timeline"));
  const end = [...(theirs?.querySelectorAll(":scope > [id]") ?? [])].at(-1);
  const here = end && mine?.querySelector(`:scope > [id="${CSS.escape(end.id)}"]`);
  if (!here) return false;
  while (end.nextSibling) end.nextSibling.remove();
  let next = here.nextSibling;
  for (; next; next = next.nextSibling) end.parentElement.append(came.importNode(next, true));
  return true;
}

connect();
