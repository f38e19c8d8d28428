"""What was just done is said, goes by itself, and can be taken back."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House


@pytest.fixture
def task(crm: House, request: pytest.FixtureRequest) -> str:
    """The subject of a task that is overdue: no two tests have the same."""
    subject = f"Call Ada, {request.node.name}"
    crm.send("POST", "/tasks", {"subject": subject, "dueDate": "2020-02-03T10:00:00Z"})
    return subject


def test_completing_is_said_and_taken_back(page: Page, crm: House, task: str) -> None:
    page.clock.install()
    page.goto(f"{crm.url}/view/tasks?state=overdue")
    tick = page.get_by_role("button", name=f"Complete: {task}").first
    toast = page.locator("#toasts .toast")
    was = page.get_by_role("button", name=f"Complete: {task}").count()
    tick.click()
    expect(toast).to_contain_text("Task completed")
    expect(page.get_by_role("button", name=f"Complete: {task}")).to_have_count(was - 1)
    toast.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name=f"Complete: {task}")).to_have_count(was)
    expect(toast).to_have_count(1)
    expect(toast).to_contain_text("Task reopened")
    # It waits for whoever is about to use it, and then goes.
    toast.hover()
    page.clock.run_for(15_000)
    expect(toast).to_have_count(1)
    page.mouse.move(5, 5)
    page.clock.run_for(15_000)
    expect(toast).to_have_count(0)
    # Escape closes it, too.
    tick.click()
    expect(toast).to_have_count(1)
    page.keyboard.press("Escape")
    expect(toast).to_have_count(0)


def test_it_works_without_scripts(browser: Browser, crm: House, task: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    crm.sign_in(context)
    page = context.new_page()
    page.goto(f"{crm.url}/view/tasks?state=overdue")
    left = page.get_by_role("button", name=f"Complete: {task}")
    was = left.count()
    left.first.click()
    expect(page.locator("#toasts")).to_contain_text("Task completed")
    expect(left).to_have_count(was - 1)
    page.get_by_role("button", name="Undo").click()
    expect(left).to_have_count(was)
    page.reload()
    expect(page.locator(".toast")).to_have_count(0)
    context.close()
