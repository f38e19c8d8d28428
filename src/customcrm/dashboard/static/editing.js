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
  if (row.closest("#added")) row.remove();
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
    if (differs(form)) {
      form.dataset.away = "";
      form.requestSubmit();
    } else close(form);
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

// Whoever is in a field when its row is replaced is in that row afterwards.
document.addEventListener("htmx:after:swap", (event) => {
  const { sourceElement: source, target } = event.detail.ctx;
  const added = target?.id === "added" ? target.lastElementChild : null;
  const row = document.getElementById(added?.id || target?.id);
  if (!row?.matches(".fact")) return;
  for (const other of document.querySelectorAll(`[id="${row.id}"]`)) {
    if (added && other !== added) other.remove();
  }
  const elsewhere = document.activeElement?.closest(FORM);
  if ((elsewhere && !row.contains(elsewhere)) || "away" in (source?.dataset ?? {})) return;
  const control = row.querySelector(`${FORM} :is(${CONTROLS}), .contested button, .pencil`);
  control?.focus({ preventScroll: true });
  if (control?.matches("input[type=text], input[type=url]")) control.select();
});
