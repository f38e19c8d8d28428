"""Records that a stranger has written, each on the page that it has."""

from pathlib import Path

from tests.browser.attack import assert_links_lead_somewhere, listened, provoke, write
from tests.browser.house import Watch, chromium, house


def test_no_page_of_any_record_runs_anything(tmp_path: Path) -> None:
    with house(tmp_path) as crm, chromium() as browser:
        written = write(crm)
        context = browser.new_context()
        crm.sign_in(context)
        heard, watch = listened(context), Watch(context, crm.url)
        page = context.new_page()
        for kind, ids in (
            ("contact", written.contacts),
            ("company", written.companies),
            ("task", written.tasks),
            ("activity", written.activities),
        ):
            for one in ids[::2]:
                page.goto(f"{crm.url}/view/{kind}/{one}")
                provoke(page)
                assert_links_lead_somewhere(page)
                assert heard == [], page.url
        watch.assert_clean()
