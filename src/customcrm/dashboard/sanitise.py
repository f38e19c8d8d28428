"""Message bodies as HTML that does nothing but be read.

One of two layers: what comes out of here is shown in a frame that runs nothing either.
"""

import re
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
_REMOTE: Final = re.compile(r"\s*https?:", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+\Z")


def sanitised(body: str, *, images: bool) -> str:
    """The HTML of a body without anything that acts.

    Args:
        body: as it came; plain text is HTML too.
        images: whether images from elsewhere may be loaded, which tells their sender of it.
    """

    def keep(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            remote = images and _REMOTE.match(value)
            return value if remote or _EMBEDDED.match(value) else None
        return safe_link(value) if name == "href" else value

    return nh3.clean(
        body,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=keep,
        url_schemes={*LINKS, "data"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def has_remote_images(body: str) -> bool:
    """Whether a body would load images from elsewhere."""
    return sanitised(body, images=True) != sanitised(body, images=False)


_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"'\\]+\Z", re.IGNORECASE)


def safe_link(value: object) -> str | None:
    """An address that a link may lead to, or None: http, https, mailto and tel lead somewhere."""
    if not isinstance(value, str):
        return None
    address = value.strip()
    return address if _LINK.match(address) else None
