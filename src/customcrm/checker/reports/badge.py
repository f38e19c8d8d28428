"""A badge for a README."""

from html import escape
from typing import Final

from customcrm.checker.events import RunEnded, Status

LABEL: Final = "Enginy Custom CRM API"
_CHARACTER: Final = 6.2
"""Pixels that a character of the badge takes, about."""

_PADDING: Final = 12


def badge(ended: RunEnded) -> str:
    """An SVG that says how many checks pass: green if the target conforms, red if not."""
    passed, failed = ended.count(Status.PASS), ended.count(Status.FAIL)
    fault = "broken off" if ended.lost else f"{failed} failed" if failed else "not checked"
    said = f"conforms {passed}/{passed + failed}" if ended.conforms else fault
    colour = "#1a7f37" if ended.conforms else "#b42318"
    left, right = (round(len(text) * _CHARACTER) + _PADDING for text in (LABEL, said))
    label, value = escape(LABEL), escape(said)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" \
aria-label="{label}: {value}">
  <title>{label}: {value}</title>
  <clipPath id="r"><rect width="{left + right}" height="20" rx="3"/></clipPath>
  <g clip-path="url(#r)">
    <rect width="{left}" height="20" fill="#3b3f46"/>
    <rect x="{left}" width="{right}" height="20" fill="{colour}"/>
  </g>
  <g fill="#fff" font-family="Verdana, Geneva, DejaVu Sans, sans-serif" font-size="11" \
text-anchor="middle">
    <text x="{left / 2}" y="14" textLength="{left - _PADDING}">{label}</text>
    <text x="{left + right / 2}" y="14" textLength="{right - _PADDING}">{value}</text>
  </g>
</svg>
"""
