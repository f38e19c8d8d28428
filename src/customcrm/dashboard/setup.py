"""How Enginy is connected: what it must be told, and whether it has called."""

from typing import Any, Final
from urllib.parse import urlsplit

from customcrm.dashboard.desk import Page, Redirect, Reply, Toast, Visit
from customcrm.errors import KeyNotFound
from customcrm.operations.browsing.events import CallFilter
from customcrm.operations.keys import create_key, live, revoke_key

MAX_KEY_NAME: Final = 100


def setup_context(visit: Visit) -> dict[str, Any]:
    """What the guide shows."""
    calls = visit.desk.catalogue.calls(CallFilter(), None, 1).items
    root = visit.root
    host = urlsplit(root).hostname or ""
    return {
        "welcome": False,
        "progress": visit.desk.catalogue.derivation_progress(),
        "last_call": calls[0] if calls else None,
        "base_url": root,
        "is_https": root.startswith("https://"),
        "is_local": host in {"127.0.0.1", "localhost", "::1"},
        "key_header": visit.desk.key_header,
        "configured_key": visit.desk.configured_key,
        "keys": live(visit.desk.keyring.api_keys()),
        "contact_link": f"{root}/view/contact/{{{{crmId}}}}",
        "company_link": f"{root}/view/company/{{{{crmId}}}}",
        "new_key": None,
    }


def setup(visit: Visit) -> Reply:
    """GET /view/setup."""
    return Page("setup.html", setup_context(visit))


def add_key(visit: Visit) -> Reply:
    """POST /view/keys. The answer is the one page that shows the key."""
    name = visit.form.get("name", "").strip()[:MAX_KEY_NAME] or "Enginy"
    key = create_key(visit.desk.keyring, name, visit.origin)
    return Page("setup.html", {**setup_context(visit), "new_key": key.secret})


def end_key(visit: Visit) -> Reply:
    """POST /view/keys/{id}/revoke."""
    try:
        revoke_key(visit.desk.keyring, visit.path["id"], visit.origin)
    except KeyNotFound:
        # Somebody was faster: it is worth nothing either way.
        return Redirect("/view/setup", toast=Toast("This key was revoked already"))
    return Redirect("/view/setup", toast=Toast("Key revoked"))
