"""Enginy's side: what it offers to whoever wants to be connected (contract, Connecting)."""

from dataclasses import dataclass
from typing import Final

from customcrm.client.exchange import Answer, message
from customcrm.client.http import Client
from customcrm.client.target import Target

ENGINY_URL: Final = "https://openapi.enginy.ai"
"""Where Enginy's API is. Older pages name https://openapi.genesy.ai."""

KEY_HEADER: Final = "x-api-key"

PLACEHOLDER: Final = "{{crmId}}"
"""What Enginy replaces in a link template with the id of a record."""

_TEST: Final = "/v1/custom-crm/test"
_CONNECT: Final = "/v1/custom-crm/connect"


@dataclass(frozen=True, slots=True)
class Links:
    """Where the pages of records are; an empty template is not sent.

    Attributes:
        contact: a URL with `{{crmId}}` in it.
        company: a URL with `{{crmId}}` in it.
    """

    contact: str = ""
    company: str = ""

    def as_message(self) -> dict[str, str]:
        """As Enginy wants them."""
        told = {"contactLinkTemplate": self.contact, "companyLinkTemplate": self.company}
        return {name: template for name, template in told.items() if template}


class BadTemplate(ValueError):
    """A link template that leads nowhere; says which and why."""


def links_of(base_url: str, contact: str | None, company: str | None) -> Links:
    """The templates that a person gave, or those of this server's own pages.

    Raises:
        BadTemplate: one is no URL, or has no place for the id.
    """
    chosen = [
        f"{base_url}/view/{noun}/{PLACEHOLDER}" if given is None else given.strip()
        for noun, given in (("contact", contact), ("company", company))
    ]
    for template in chosen:
        if template and not template.startswith(("https://", "http://")):
            raise BadTemplate(f"A link template must be a URL, not {template!r}")
        if template and PLACEHOLDER not in template:
            raise BadTemplate(f"A link template must hold {PLACEHOLDER}, and {template!r} does not")
    return Links(*chosen)


def ask_to_test(enginy: Client, target: Target) -> Answer:
    """Let Enginy call the server's `/health` and `/users`, and hear what it thinks.

    Raises:
        ClientError: Enginy does not answer.
    """
    return enginy.send(message("POST", _TEST, _server(target)))


def ask_to_connect(enginy: Client, target: Target, links: Links) -> Answer:
    """Let Enginy connect the server to the account that its key belongs to.

    Raises:
        ClientError: Enginy does not answer.
    """
    return enginy.send(message("POST", _CONNECT, {**_server(target), **links.as_message()}))


def _server(target: Target) -> dict[str, str]:
    return {
        "baseUrl": target.base_url,
        "apiKey": target.key,
        "apiKeyHeader": target.key_header,
    }
