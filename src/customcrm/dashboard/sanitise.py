"""Message bodies as HTML that does nothing but be read.

One of two layers: what comes out of here is shown in a frame that runs nothing either.
"""

import re
from html import escape
from itertools import islice
from typing import Final

import nh3

# fmt: off
TAGS: Final = frozenset({
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strike",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
})
# fmt: on
ATTRIBUTES: Final = {
    "*": {"align", "dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "valign", "width"},
    "th": {"colspan", "rowspan", "valign", "width"},
    "table": {"width", "border", "cellpadding", "cellspacing"},
    "ol": {"start"},
}
"""No style and no class: neither the look of our pages nor somebody else's address is theirs."""

LINKS: Final = frozenset({"http", "https", "mailto", "tel"})
MAX_TAGS: Final = 4_000
"""Tags of a body that are read as such. Parsers take a second for so many that nest, and four times
as long for twice as many."""

MAX_PARTS: Final = 30_000
"""Spaces, slashes and quotes up to which tags are read as such: what parts attributes, which cost
the same."""

MAX_SHOWN: Final = 6_000_000
"""Characters of what is shown. A format that is never closed is opened anew in every paragraph: so
30 KB become 80 MB."""

_TAG: Final = re.compile("<")
_PART: Final = re.compile(r"[\s/\"']")
_REMOTE: Final = re.compile(r"\s*https?:", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+\Z")


def sanitised(body: str, *, images: bool) -> str:
    """The HTML of a body without anything that acts.

    A body with more markup than a parser should be given shows the rest of it as it is written.

    Args:
        body: as it came; plain text is HTML too.
        images: whether images from elsewhere may be loaded, which tells their sender of it.
    """

    def keep(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            remote = images and _REMOTE.match(value)
            return value if remote or _EMBEDDED.match(value) else None
        return safe_link(value) if name == "href" else value

    end = _end_of_markup(body)
    harmless = nh3.clean(
        body[:end],
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=keep,
        url_schemes={*LINKS, "data"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    if len(harmless) > MAX_SHOWN:
        return escape(body)
    return harmless + escape(body[end:])


def _end_of_markup(body: str) -> int:
    """Where there have been too many tags or attributes; the end of the body if nowhere."""
    if "<" not in body:
        return len(body)
    limits = ((_TAG, MAX_TAGS), (_PART, MAX_PARTS))
    found = [next(islice(sign.finditer(body), most, None), None) for sign, most in limits]
    return min((place.start() for place in found if place), default=len(body))


def has_remote_images(body: str) -> bool:
    """Whether a body would load images from elsewhere."""
    return sanitised(body, images=True) != sanitised(body, images=False)


_DISGUISED: Final = re.compile(r"https?://[^/?#]*@", re.IGNORECASE)
_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"'\\]+\Z", re.IGNORECASE)


def safe_link(value: object) -> str | None:
    """An address that a link may lead to, or None: http, https, mailto and tel lead somewhere.

    One that looks like another leads nowhere: with a name before its host, or with characters that
    are not seen or turn others round.
    """
    if not isinstance(value, str):
        return None
    address = value.strip()
    honest = address.isprintable() and not _DISGUISED.match(address)
    return address if honest and _LINK.match(address) else None
