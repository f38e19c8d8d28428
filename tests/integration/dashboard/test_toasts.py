"""What was done is said once, to whoever did it, with a way to take it back."""

import re

from customcrm.contract.tasks import CreateTask
from customcrm.operations.repeats import Request
from customcrm.operations.tasks import create_task
from tests.integration.dashboard.desk import ORIGIN, Browser, House

SAID = re.compile(r'<div class="toast">.*?</div>', re.DOTALL)


def task_of(crm: House, subject: str) -> str:
    request = Request("test", subject.encode(), subject)
    return create_task(crm.store, CreateTask(subject=subject), {}, request, ORIGIN).task.id


def completed(crm: House, browser: Browser, subject: str) -> str:
    """Complete a task; the cookie that came."""
    path = f"/view/task/{task_of(crm, subject)}/complete"
    answer = browser.post(path, {**browser.form, "back": "/view/tasks"})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=60" in cookie
    return cookie.partition(";")[0]


def with_cookie(browser: Browser, cookie: str, **more: str) -> dict[str, str]:
    return {"cookie": f"customcrm_session={browser.secret}; {cookie}", **more}


def test_the_next_page_says_it_and_takes_the_cookie_away(crm: House) -> None:
    browser = crm.browser("member")
    cookie = completed(crm, browser, "said on the next page")
    answer = browser.get("/view/contacts", with_cookie(browser, cookie))
    said = SAID.search(answer.text)
    assert said
    assert "Task completed" in said[0]
    assert browser.form["csrf"] in said[0]
    assert re.search(r'action="/view/task/task_[^"]+/reopen"', said[0])
    assert 'customcrm_toast=""; HttpOnly; Max-Age=0' in answer.headers["set-cookie"]
    head = browser.fetch("HEAD", "/view/contacts", headers=with_cookie(browser, cookie))
    assert "set-cookie" not in head.headers
    assert not SAID.search(browser.get("/view/contacts").text)


def test_a_part_of_a_page_bears_it_for_the_page_there_is(crm: House) -> None:
    browser = crm.browser("member")
    cookie = completed(crm, browser, "said in a part")
    headers = with_cookie(browser, cookie, **{"hx-request": "true"})
    part = browser.get("/view/tasks", headers).text
    assert '<div hx-swap-oob="beforeend:#toasts">' in part
    assert 'id="toasts"' not in part


def test_nobody_says_anything_to_somebody_else(crm: House) -> None:
    cookie = completed(crm, crm.browser("member"), "for the member")
    other = crm.browser("admin")
    assert not SAID.search(other.get("/view/contacts", with_cookie(other, cookie)).text)
    forged = "customcrm_toast=WzAsWyJIaSIsbnVsbF1d.00"
    assert not SAID.search(other.get("/view/contacts", with_cookie(other, forged)).text)


def test_an_undo_takes_it_back(crm: House) -> None:
    browser = crm.browser("member")
    cookie = completed(crm, browser, "taken back")
    text = browser.get("/view/tasks", with_cookie(browser, cookie)).text
    said = SAID.search(text)
    assert said
    action = re.search(r'action="([^"]+)"', said[0])
    assert action
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', said[0]))
    assert browser.post(action[1], fields).status_code == 303
    line = crm.store.catalogue.task_line(action[1].split("/")[3])
    assert line is not None
    assert not line.task.completed
