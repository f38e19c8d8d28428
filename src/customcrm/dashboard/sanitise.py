"""Message bodies as HTML that does nothing but be read.

One of two layers: what comes out of here is shown in a frame that runs nothing either.
"""

import re
from collections import Counter
from html import escape
from itertools import islice
from typing import Final, NamedTuple

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
MAX_LENGTH: Final = 1_000_000
"""Characters of a body that the parser reads."""

MAX_TAGS: Final = 4_000
"""Tags of a body that the parser reads. The time to parse nested tags grows with their square."""

MAX_PARTS: Final = 30_000
"""Spaces, slashes and quotes up to which the parser reads tags: they separate attributes, of which
the time grows with the square too."""

MAX_REFERENCES: Final = 30_000
"""Ampersands that the parser reads: the time to parse them grows with their square, wherever they
are."""

MAX_OPEN_FORMATS: Final = 100
"""Formatting tags that may be open at once. Each of them is opened again in every paragraph, so
30 KB of markup would become 80 MB."""

MAX_SHOWN: Final = 6_000_000
"""Characters of sanitised HTML; a longer result is replaced by the source of the body."""

_TAG: Final = re.compile("<")
_REFERENCE: Final = re.compile("&")
_PART: Final = re.compile(r"[\s/\"']")
_FORMAT: Final = re.compile(
    r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?![a-z0-9:-])", re.IGNORECASE
)
_REMOTE: Final = re.compile(r"\s*https?:", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+\Z")


class Sanitised(NamedTuple):
    """A body as HTML that is safe to show.

    Attributes:
        html: nothing in it acts.
        remote_images: whether the body has images that would be loaded from another server.
    """

    html: str
    remote_images: bool


def sanitised(body: str, *, images: bool) -> Sanitised:
    """Sanitise the HTML of a body.

    The parser gets the body up to the first limit that it exceeds; the rest is shown as source.

    Args:
        body: as it came; plain text is HTML too.
        images: whether images from other servers may be loaded, which tells their sender of it.
    """
    remote_images = False

    def keep(tag: str, name: str, value: str) -> str | None:
        nonlocal remote_images
        if tag == "img" and name == "src":
            remote = _REMOTE.match(value)
            remote_images = remote_images or bool(remote)
            return value if (images and remote) or _EMBEDDED.match(value) else None
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
        return Sanitised(escape(body), remote_images=False)
    return Sanitised(harmless + escape(body[end:]), remote_images)


def _end_of_markup(body: str) -> int:
    """Return the index of the first character that the parser must not read."""
    limits = [(_REFERENCE, MAX_REFERENCES)]
    if "<" in body:
        limits += [(_TAG, MAX_TAGS), (_PART, MAX_PARTS)]
    exceeded = [next(islice(sign.finditer(body), most, None), None) for sign, most in limits]
    ends = [place.start() for place in exceeded if place]
    return min([MAX_LENGTH, len(body), *ends, _end_of_formats(body, MAX_TAGS)])


def _end_of_formats(body: str, most: int) -> int:
    """Return the index of the formatting tag that is one too many open at once."""
    still_open: Counter[str] = Counter()
    total = 0
    for tag in islice(_FORMAT.finditer(body), most):
        name = tag[2].lower()
        if not tag[1]:
            if total == MAX_OPEN_FORMATS:
                return tag.start()
            still_open[name] += 1
            total += 1
        elif still_open[name]:
            still_open[name] -= 1
            total -= 1
    return len(body)


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
