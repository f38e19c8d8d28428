// Values edited where they stand: leaving a field saves it, Escape leaves it as it was. Without this
// its pencil leads to a page with the same form.

const FORM = "form.in-place";
const CONTROLS = "input:not([type=hidden]), select, textarea";

function differs(form) {
  return [...form.querySelectorAll(CONTROLS)].some((one) => {
    if ("search" in one.dataset) return false;
    if (one.type === "radio") return one.checked !== one.defaultChecked;
    if (one.options) return ![...one.options].every((each) => each.selected === each.defaultSelected);
    return one.value !== one.defaultValue;
  });
}

// Without having saved: what stood there is asked for again, or was never there.
function close(form) {
  const row = form.closest(".fact");
  form.dataset.left = "";
  if (row.closest("#added") && form.elements.seen.value === "null") row.remove();
  else htmx.ajax("GET", form.querySelector("[data-cancel]").href, {
    source: row, target: row, select: `#${row.id}`, swap: "outerHTML",
  });
}

document.addEventListener("focusout", (event) => {
  const form = event.target.closest(FORM);
  if (!form || "left" in form.dataset || form.contains(event.relatedTarget)) return;
  // Another window has the keyboard now, and nobody has left this field.
  if (!document.hasFocus()) return;
  setTimeout(() => {
    if (!form.isConnected || "left" in form.dataset || form.contains(document.activeElement)) return;
    if (differs(form)) form.requestSubmit();
    else close(form);
  });
});

document.addEventListener("submit", (event) => {
  if (event.target.matches(FORM)) event.target.dataset.left = "";
}, true);

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(FORM);
  if (!form) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    close(form);
  } else if (event.key === "Enter" && "search" in event.target.dataset) {
    event.preventDefault();
    form.querySelector(".found input")?.click();
    form.querySelector(".found input")?.focus();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
}, true);

document.addEventListener("click", (event) => {
  const cancel = event.target.closest("[data-cancel]");
  if (cancel && cancel.closest(".record, #added")) {
    event.preventDefault();
    close(cancel.closest(FORM));
    return;
  }
  const chip = event.target.closest("[data-opens]");
  const there = chip && document.getElementById(chip.dataset.opens);
  if (there) {
    event.preventDefault();
    event.stopPropagation();
    there.querySelector(CONTROLS)?.focus();
    return;
  }
  const told = event.target.closest(".told.open");
  if (told && !event.target.closest("a, button, summary") && !String(getSelection())) {
    told.parentElement.querySelector(".pencil")?.click();
  }
}, true);

// Whoever is in a row when it is replaced is in it afterwards.

let inside = false;

document.addEventListener("htmx:before:swap", (event) => {
  const { target } = event.detail.ctx;
  inside = Boolean(target?.matches?.(".fact") && target.contains(document.activeElement));
});

document.addEventListener("htmx:after:swap", (event) => {
  const { target } = event.detail.ctx;
  const added = target?.id === "added" ? target.lastElementChild : null;
  for (const other of added ? document.querySelectorAll(`[id="${added.id}"]`) : []) {
    if (other !== added) other.remove();
  }
  const row = added ?? (inside ? document.getElementById(target.id) : null);
  const control = row?.querySelector(`${FORM} :is(${CONTROLS}), .contested .button, .pencil`);
  control?.focus({ preventScroll: true });
  if (control?.matches("input[type=text]")) control.select();
});

// What could not be sent is still there.
document.addEventListener("htmx:error", (event) => {
  const form = event.target.closest?.(FORM) ?? event.detail?.ctx?.sourceElement;
  if (!form?.matches?.(FORM)) return;
  delete form.dataset.left;
  document.dispatchEvent(new CustomEvent("crm:toast", { detail: "Not saved: the server was not reached" }));
});
