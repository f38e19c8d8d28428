// What was just done, at the foot of the page: it goes by itself, unless somebody is about to use it.

const SECONDS = 10;
const stack = document.getElementById("toasts");

function close(toast) {
  const focused = toast.contains(document.activeElement);
  toast.remove();
  if (focused) document.getElementById("content")?.focus({ preventScroll: true });
}

function attend(toast) {
  let left = SECONDS;
  const clock = setInterval(() => {
    if (!toast.isConnected) clearInterval(clock);
    else if (!toast.matches(":hover, :focus-within") && --left < 0) close(toast);
  }, 1000);
}

// Any that comes, with the page or later.
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const one of addedNodes) if (one.matches?.(".toast")) attend(one);
  }
}).observe(stack, { childList: true });

// What is there before a screen reader listens is not read: so it comes once more.
const early = [...stack.children];
if (early.length) {
  stack.replaceChildren();
  requestAnimationFrame(() => stack.append(...early));
}

stack.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) close(event.target.closest(".toast"));
});

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("dialog[open], details.drop[open]");
  if (event.key === "Escape" && !menu && stack.lastElementChild) close(stack.lastElementChild);
});

// Taking something back leaves one on the page that one is on.
document.addEventListener(
  "submit",
  (event) => {
    const back = event.target.closest(".toast form")?.elements.back;
    const base = document.documentElement.dataset.base;
    if (back) back.value = location.pathname.slice(base.length) + location.search;
  },
  true,
);

document.addEventListener("htmx:finally:request", (event) => {
  const toast = event.target.closest?.(".toast");
  if (toast) close(toast);
});

// Other scripts: document.dispatchEvent(new CustomEvent("crm:toast", { detail: "Copied" }))
document.addEventListener("crm:toast", (event) => {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = event.detail;
  stack.append(toast);
});
