// Lines that are ticked: how many, all of the page, and still so when a part of it was replaced.

const boxes = () => [...document.querySelectorAll("input.pick")];
let kept = new Set();

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
});

document.addEventListener("htmx:after:swap", () => {
  for (const one of boxes()) if (kept.has(one.name)) one.checked = true;
  tell();
});

// A browser that comes back to a page may have kept its ticks.
tell();
