// The palette: whatever has a name, found as it is typed. What is found, the server says.

const DELAY = 120;
const MOST_RECENT = 6;
const palette = document.getElementById("palette");
const field = palette.querySelector("input");
const list = document.getElementById("palette-list");
const bones = palette.querySelector(".skeleton");
const status = palette.querySelector("[role=status]");
let asked = null;
let timer = 0;
let request = null;

// Where somebody was, in this tab.

function recent() {
  try {
    return JSON.parse(sessionStorage.getItem("recent") ?? "[]");
  } catch {
    return []; // a browser that keeps nothing
  }
}

const here = document.querySelector("[data-recent]");
if (here) {
  const one = { href: location.pathname, name: here.textContent.trim().slice(0, 120), kind: here.dataset.recent };
  const others = recent().filter(({ href }) => href !== one.href);
  try {
    sessionStorage.setItem("recent", JSON.stringify([one, ...others].slice(0, MOST_RECENT + 1)));
  } catch {
    // It is remembered nowhere.
  }
}

function recentGroup() {
  const ones = recent().filter(({ href }) => href !== location.pathname);
  if (!ones.length) return null;
  const group = document.createElement("div");
  group.role = "group";
  group.ariaLabel = "Recent";
  const title = document.createElement("p");
  title.className = "label";
  title.ariaHidden = "true";
  title.textContent = "Recent";
  group.append(title);
  for (const [number, { href, name, kind }] of ones.entries()) {
    const option = document.createElement("div");
    option.className = "option";
    option.role = "option";
    option.id = `option-recent-${number}`;
    option.dataset.href = href;
    const [text, hint] = [document.createElement("span"), document.createElement("span")];
    text.className = "cut";
    text.textContent = name;
    hint.className = "cut faint small";
    hint.textContent = kind;
    option.append(text, hint);
    group.append(option);
  }
  return group;
}

// Opening, asking, showing

document.addEventListener("crm:find", () => {
  for (const one of document.querySelectorAll("dialog[open]")) one.close();
  palette.showModal();
  field.value = "";
  ask();
});

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, DELAY);
});

async function ask() {
  const text = field.value.trim();
  request?.abort();
  request = new AbortController();
  bones.hidden = list.childElementCount > 0;
  list.ariaBusy = "true";
  try {
    const answer = await fetch(`${palette.dataset.find}?q=${encodeURIComponent(text)}`, {
      headers: { "HX-Request": "true" },
      signal: request.signal,
    });
    if (answer.headers.has("HX-Redirect")) location.assign(answer.headers.get("HX-Redirect"));
    else if (answer.ok) show(text, await answer.text());
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = "The server cannot be reached";
  }
}

function show(text, found) {
  bones.hidden = true;
  list.ariaBusy = "false";
  list.innerHTML = found;
  asked = text;
  for (const option of list.querySelectorAll("[data-does]:not([data-does=''])")) {
    const { does, href } = option.dataset;
    if (!href && !document.querySelector(`[data-do="${does}"]`)) option.remove();
  }
  for (const group of list.querySelectorAll("[role=group]")) {
    if (!group.querySelector("[role=option]")) group.remove();
  }
  const before = text ? null : recentGroup();
  if (before) list.prepend(before);
  select(options()[0]);
  const count = options().length;
  status.textContent = count === 1 ? "1 found" : `${count} found`;
}

// Choosing

const options = () => [...list.querySelectorAll("[role=option]")];
const selected = () => list.querySelector("[aria-selected=true]");

function select(option) {
  selected()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function choose(option, elsewhere) {
  if (!option) return;
  const { does = "", act = "", href = "" } = option.dataset;
  if (href && elsewhere) return void open(href, "_blank", "noopener");
  palette.close();
  document.dispatchEvent(new CustomEvent("crm:do", { detail: { does, act, href } }));
}

field.addEventListener("keydown", async (event) => {
  if (event.isComposing) return;
  const all = options();
  const at = all.indexOf(selected());
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, PageDown: Math.min(at + 8, all.length - 1), PageUp: Math.max(at - 8, 0) };
  if (event.key in moves && all.length) {
    event.preventDefault();
    select(all[moves[event.key] % all.length]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    // Whoever types faster than the answer comes gets what they have typed.
    clearTimeout(timer);
    if (asked !== field.value.trim()) await ask();
    choose(selected(), event.ctrlKey || event.metaKey);
  }
});

list.addEventListener("mousemove", (event) => {
  const option = event.target.closest("[role=option]");
  if (option && option !== selected()) select(option);
});

list.addEventListener("click", (event) => {
  choose(event.target.closest("[role=option]"), event.ctrlKey || event.metaKey);
});
