// What pages do beyond HTML. Everything here is a convenience: without it they work all the same.

const root = document.documentElement;

// Copy buttons: <button data-copy="id of what to copy">

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  document.dispatchEvent(new CustomEvent("crm:toast", { detail: "Copied" }));
});

// Themes: <button data-theme-choice="light|dark|system">

function markTheme() {
  const chosen = root.dataset.theme ?? "system";
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice]");
  if (!button) return;
  choose(button.dataset.themeChoice);
});

document.addEventListener("crm:theme", (event) => choose(event.detail));

function choose(choice) {
  if (choice === "system") {
    delete root.dataset.theme;
    localStorage.removeItem("theme");
  } else {
    root.dataset.theme = choice;
    localStorage.setItem("theme", choice);
  }
  markTheme();
}

// Relative times stay true: <time data-ago>

const STEPS = [
  [45, 45, ""],
  [3600, 60, "min"],
  [86400, 3600, "h"],
  [30 * 86400, 86400, "day"],
  [365.25 * 86400, 30.44 * 86400, "month"],
  [Infinity, 365.25 * 86400, "year"],
];

function ago(moment, now) {
  const ahead = moment > now;
  const seconds = Math.abs(now - moment) / 1000;
  const [, size, unit] = STEPS.find(([limit]) => seconds < limit);
  const count = Math.floor(seconds / size);
  if (!unit || (unit === "min" && count === 0)) return ahead ? "in a moment" : "just now";
  const plural = ["min", "h"].includes(unit) || count === 1 ? unit : `${unit}s`;
  return ahead ? `in ${count} ${plural}` : `${count} ${plural} ago`;
}

setInterval(() => {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const said = ago(new Date(time.dateTime), Date.now());
    if (time.textContent !== said) time.textContent = said;
  }
}, 30_000);

// Menus close when somebody looks elsewhere, or has pressed what they are for.

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.drop[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("submit", (event) => {
  const menu = event.submitter?.closest("details.drop[open]");
  if (menu) setTimeout(() => { menu.open = false; });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details.drop[open]");
    if (menu) {
      event.preventDefault();
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

// A menu of filters or columns is done with once they are asked for.

document.addEventListener("submit", (event) => {
  const menu = event.submitter?.closest("form details.drop[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A form that is opened to be filled in waits for its first word.

document.addEventListener("click", (event) => {
  const opened = event.target.closest("summary")?.parentElement;
  if (!opened || opened.open) return;
  requestAnimationFrame(() => opened.querySelector("form[data-fill] input[required]")?.focus());
});

// A day that is one click away: <button data-day="2026-01-31"> in the form of a task.

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-day]");
  if (button) button.form.elements.due.value = button.dataset.day;
});

// A filter that says nothing has no place in the address.

document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  if (request.method !== "GET" || !(request.body instanceof FormData)) return;
  for (const [name, value] of [...request.body]) {
    if (value === "" && request.body.getAll(name).every((one) => one === "")) {
      request.body.delete(name);
    }
  }
  // Nor have the columns that everybody sees.
  const usual = event.detail.ctx.sourceElement?.dataset?.usual;
  if (usual && request.body.getAll("col").join(" ") === usual) request.body.delete("col");
});

// The frame of a message is as high as the message. It runs no script, so its page measures it.

function fit(frame) {
  const height = frame.contentDocument?.documentElement?.scrollHeight;
  if (height) frame.style.height = `${Math.min(height + 2, 1600)}px`;
}

function prepare(within) {
  for (const frame of within.querySelectorAll("iframe.frame-of-message")) {
    frame.addEventListener("load", () => fit(frame));
    fit(frame);
  }
  for (const field of within.querySelectorAll("input[data-zone]")) {
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
  markTheme();
}

prepare(document);

// Whoever uses a keyboard or a screen reader stays where they were when a part of a page is replaced,
// and hears what came. Another page of a list begins at its top.

const ROWS = "#results tbody tr, #results .rows > li, #content > .card > .rows > li, .timeline > *";
const news = document.createElement("p");
news.className = "sr";
news.ariaLive = "polite";
document.body.append(news);

let held = null;
let turned = false;
let replaced = "";

function nameOf(element) {
  return `${element.tagName} ${element.textContent.replace(/\s+/g, " ").trim()}`;
}

document.addEventListener("htmx:before:swap", (event) => {
  const { sourceElement: source, target } = event.detail.ctx;
  turned = Boolean(source?.rel);
  replaced = source?.id === "frame" ? "" : (target?.id ?? "");
  const focused = document.activeElement;
  held = focused?.closest("#content") ? nameOf(focused) : null;
});

document.addEventListener("htmx:after:swap", () => {
  prepare(document);
  const content = document.getElementById("content");
  if (!content) return;
  if (turned) {
    content.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  } else if (held && document.activeElement === document.body) {
    const all = [...content.querySelectorAll("a, button, summary, input, select")];
    (all.find((one) => nameOf(one) === held) ?? content).focus({ preventScroll: true });
  }
  if (replaced === "content" || replaced === "results") {
    const none = content.querySelector(".empty h2");
    news.textContent = none?.textContent ?? `${content.querySelectorAll(ROWS).length} shown`;
  }
});
