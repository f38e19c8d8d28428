// Shortcuts, as the sheet lists them: it is made of the table of commands, and read here.

const SECONDS = 1.2; // between two keys of a sequence
const ROWS = "#content tbody tr, #content .rows > li";
const sheet = document.getElementById("keys");
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const bound = new Map();

for (const row of sheet.querySelectorAll("[data-keys]")) {
  for (const keys of row.dataset.keys.split("|")) bound.set(keys, row.dataset);
}

if (isMac) for (const one of document.querySelectorAll("kbd[data-mod]")) one.textContent = "⌘";

function areOff() {
  try {
    return localStorage.getItem("keys") === "off";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function isTyping(target) {
  const field = target.closest?.("input, textarea, select, [contenteditable]");
  return Boolean(field) && !["checkbox", "radio", "button"].includes(field.type);
}

// Rows: the one that has the focus is the one that is meant.

const rows = () => [...document.querySelectorAll(ROWS)].filter((row) => linkOf(row) && row.checkVisibility());
const linkOf = (row) => row.querySelector(".who a, a.name, td a, a");
const current = () => document.activeElement?.closest(ROWS);

function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  if (!next) return;
  linkOf(next).focus();
  next.scrollIntoView({ block: "nearest" });
}

const acts = {
  find: () => document.dispatchEvent(new CustomEvent("crm:find")),
  keys: () => sheet.showModal(),
  up: () => move(-1),
  down: () => move(1),
  tick: () => current()?.querySelector("input[type=checkbox]")?.click(),
  search: () => {
    const field = document.querySelector("#content .search input");
    if (!field) return acts.find();
    field.focus();
    field.select();
  },
};
for (const theme of ["light", "dark", "system"]) {
  acts[theme] = () => document.dispatchEvent(new CustomEvent("crm:theme", { detail: theme }));
}

// What on the page does something: in the row that is meant, or else on the page itself.
function doerOf(does) {
  if (!does) return null;
  const here = does === "complete" ? current()?.querySelector(".tick:not(.done)") : null;
  return here ?? document.querySelector(`[data-do="${does}"]`);
}

function can({ does, act, href }) {
  return Boolean(acts[act] || href || doerOf(does));
}

function perform({ does, act, href }) {
  const doer = doerOf(does);
  if (acts[act]) acts[act]();
  else if (doer instanceof HTMLDetailsElement) {
    doer.open = true;
    doer.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  } else if (doer) doer.click();
  else if (href) location.assign(href);
}

// A key of what cannot be done here is nobody's.

let begun = "";
let timer = 0;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    acts.find();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]") || areOff()) return;
  clearTimeout(timer);
  const keys = begun ? `${begun} ${event.key}` : event.key;
  const command = bound.get(keys) ?? bound.get(event.key);
  begun = "";
  if (!bound.has(keys) && [...bound.keys()].some((one) => one.startsWith(`${event.key} `))) {
    begun = event.key;
    timer = setTimeout(() => (begun = ""), SECONDS * 1000);
  } else if (command && can(command)) {
    event.preventDefault();
    perform(command);
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  acts[opener.dataset.open]();
});

// A dialog closes when somebody clicks beside it.
document.addEventListener("click", (event) => {
  if (event.target.matches("dialog[open]") && event.detail) {
    const { left, right, top, bottom } = event.target.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < left || x > right || y < top || y > bottom) event.target.close();
  }
});

// What an address leads to is opened: a task is added from anywhere.
// Not before it is loaded: whoever follows an address to a place in a page has the focus taken away.
window.addEventListener("load", () => {
  const named = document.getElementById(location.hash.slice(1));
  if (named?.dataset.do) setTimeout(perform, 0, { does: named.dataset.do });
});

// The setting, at Account.

function mark() {
  for (const one of document.querySelectorAll("[data-keys-choice]")) {
    one.setAttribute("aria-pressed", String((one.dataset.keysChoice === "off") === areOff()));
  }
}

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-keys-choice]")?.dataset.keysChoice;
  if (!choice) return;
  if (choice === "off") localStorage.setItem("keys", "off");
  else localStorage.removeItem("keys");
  mark();
});

mark();
document.addEventListener("crm:do", (event) => perform(event.detail));
