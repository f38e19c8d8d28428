import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.resources import files

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette
from starlette.routing import Route

from customcrm.dashboard.assets import address_of, assets, icon, serve_asset

VENDOR = files("customcrm.dashboard").joinpath("vendor")


APP = Starlette(routes=[Route("/static/{path:path}", serve_asset)])
Get = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def get() -> Iterator[Get]:
    async def fetch(path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        transport = httpx.ASGITransport(APP)
        async with httpx.AsyncClient(transport=transport, trust_env=False) as http:
            return await http.get(f"http://crm.example{path}", headers=headers)

    with start_blocking_portal() as portal:
        yield lambda *args: portal.call(fetch, *args)


def test_every_asset_is_served(get: Get) -> None:
    for name, asset in assets().items():
        answer = get(address_of(name))
        assert answer.content == asset.body
        assert answer.headers["content-type"] == asset.media_type
        assert "immutable" in answer.headers["cache-control"]
        again = get(address_of(name), {"if-none-match": answer.headers["etag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["nothing.css", "../desk.py", "%2e%2e/desk.py", "vendor", "", "vendor/README.md", "%00"]
)
def test_a_missing_asset_is_a_404_and_no_page(get: Get, path: str) -> None:
    answer = get(f"/static/{path}")
    assert answer.status_code == 404
    assert "html" not in answer.headers["content-type"]


def test_an_old_address_is_not_kept_for_ever(get: Get) -> None:
    assert get("/static/app.css?v=old").headers["cache-control"] == "no-cache"


def test_nothing_of_ours_runs_or_styles_inline() -> None:
    folder = files("customcrm.dashboard").joinpath("templates")
    for page in folder.iterdir():
        text = page.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text), page.name


def test_every_icon_in_the_templates_is_there() -> None:
    folder = files("customcrm.dashboard").joinpath("templates")
    for page in folder.iterdir():
        for name in re.findall(r'icon\("([a-z0-9-]+)"\)', page.read_text()):
            assert icon(name)


def test_what_others_made_is_unchanged() -> None:
    for line in VENDOR.joinpath("SHA256SUMS").read_text().splitlines():
        digest, name = line.split(maxsplit=1)
        body = VENDOR.joinpath(name.lstrip("*")).read_bytes()
        assert sha256(body).hexdigest() == digest, name
