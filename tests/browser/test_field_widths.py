"""Every select and text field is wide enough for what it shows, on all pages and widths."""

from typing import Any, Final

from playwright.sync_api import Page

from tests.browser.addresses import addresses
from tests.browser.house import House, settled

WIDTHS: Final = (360, 1024, 1280, 1920)
LEAST: Final = 60
"""No field is narrower, in CSS pixels."""
MOST: Final = 160
"""A field this wide may cut a longer text."""
FREE: Final = frozenset({"color"})
"""Kinds of input that show no text."""

MEASURE: Final = """
() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  const context = document.createElement("canvas").getContext("2d");
  const widthOf = (text, element) => {
    const style = getComputedStyle(element);
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return context.measureText(text.trim()).width;
  };
  const isField = (one) =>
    one.matches("select, textarea, input:not([type=hidden], [type=checkbox], [type=radio], " +
      "[type=submit], [type=button], [type=reset], [type=file])");
  const seen = [];
  for (const one of document.querySelectorAll("select, textarea, input")) {
    if (!isField(one) || one.closest(".sr") || !one.checkVisibility()) continue;
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const arrow = one.matches("select") ? 20 : 0;
    const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
    const inner = box.width - padding - arrow;
    const labels = [...(one.labels ?? [])]
      .flatMap((label) => label.contains(one) ? [...label.children].slice(0, 1) : [label])
      .filter((label) => !label.contains(one) && label.getBoundingClientRect().width > 2);
    const shown = one.matches("select") ? [...one.options].map((it) => it.label)
      : one.type === "date" ? ["00/00/0000   "] : [];
    seen.push({
      name: one.name || one.id, type: one.type, width: box.width, inner,
      label: Math.max(0, ...labels.map((it) => widthOf(it.textContent, it))),
      text: Math.max(0, ...shown.map((it) => widthOf(it, one))),
    });
  }
  return seen;
}
"""


def too_narrow(field: dict[str, Any]) -> bool:
    """Return whether a measured field is narrower than what it must show."""
    if field["type"] in FREE:
        return False
    return bool(
        field["width"] < max(LEAST, min(field["label"], MOST))
        or field["inner"] < min(field["text"], MOST) - 1
    )


def measured(page: Page) -> list[dict[str, Any]]:
    """Measure the visible fields of a page, with every menu open."""
    fields: list[dict[str, Any]] = page.evaluate(MEASURE)
    return fields


def test_no_field_is_narrower_than_what_it_shows(crm: House, page: Page) -> None:
    narrow: list[tuple[str, int, dict[str, Any]]] = []
    names: set[str] = set()
    for paths in addresses(crm).values():
        for path in paths:
            page.goto(crm.url + path)
            settled(page)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                fields = measured(page)
                names.update(field["name"] for field in fields)
                narrow += [(path, width, field) for field in fields if too_narrow(field)]
    assert {"type", "direction", "owner", "since", "operation", "failed", "kind", "q"} <= names
    assert narrow == [], "\n".join(str(one) for one in narrow)
