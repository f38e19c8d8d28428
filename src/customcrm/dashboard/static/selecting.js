// Lines that are ticked: how many, all of the page, and still so when a part of it was replaced.

const boxes = () => [...document.querySelectorAll("input.pick")];
let kept = new Set();
let named = null;

const menu = () => document.querySelector("#views details");

function tell() {
  const all = boxes();
  const ticked = all.filter((one) => one.checked);
  const said = document.getElementById("picked");
  const text = document.getElementById("all")?.checked ? "All selected" : `${ticked.length} selected`;
  if (said && said.textContent !== text) said.textContent = text;
  const page = document.querySelector("[data-pick-all]");
  if (page) {
    page.checked = ticked.length > 0 && ticked.length === all.length;
    page.indeterminate = ticked.length > 0 && !page.checked;
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) {
    for (const one of boxes()) one.checked = event.target.checked;
  }
  if (event.target.matches("[data-pick-all], input.pick, #all")) tell();
});

document.addEventListener("htmx:before:swap", () => {
  kept = new Set(boxes().filter((one) => one.checked).map((one) => one.name));
  named = menu()?.open ? [...menu().querySelectorAll("input[name=name]")].map((one) => one.value) : null;
});

document.addEventListener("htmx:after:swap", () => {
  for (const one of boxes()) if (kept.has(one.name)) one.checked = true;
  // A menu that is open is replaced with the list when its filters change: it stays open.
  if (named && menu()) {
    menu().open = true;
    const fields = menu().querySelectorAll("input[name=name]");
    if (fields.length === named.length) fields.forEach((one, at) => { one.value = named[at]; });
  }
  tell();
});

// A browser that comes back to a page may have kept its ticks.
tell();
