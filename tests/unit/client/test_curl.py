"""The line for the shell: it sends the request again, and does not hold the key."""

import json
import shlex
import subprocess

import pytest

from customcrm.client.curl import curl_of
from customcrm.client.exchange import Request, message
from customcrm.client.target import Target

TARGET = Target("https://crm.example.com/api", "s3cret", "X-Custom-Key")


def test_a_get() -> None:
    assert curl_of(TARGET, Request("GET", "/health")) == (
        'curl -sS https://crm.example.com/api/health -H "X-Custom-Key: $KEY"'
    )


def test_a_body_goes_with_its_type() -> None:
    assert curl_of(TARGET, message("PATCH", "/tasks/1", {"subject": "it's"})) == (
        "curl -sS -X PATCH https://crm.example.com/api/tasks/1"
        " -H \"X-Custom-Key: $KEY\" -H 'Content-Type: application/json'"
        """ --data-binary '{"subject":"it'"'"'s"}'"""
    )


def test_no_certificate_is_asked_for_where_none_was() -> None:
    assert curl_of(TARGET, Request("GET", "/health"), verify=False).startswith("curl -sS -k ")


@pytest.mark.parametrize(
    ("key", "header"),
    [
        ("", None),
        ("s3cretx", "X-Custom-Key: ${KEY}x"),
        ('other"$key', 'X-Custom-Key: other\\"\\$key'),
    ],
)
def test_another_key_is_shown_but_not_what_is_secret_of_it(key: str, header: str | None) -> None:
    line = curl_of(TARGET, Request("GET", "/health", key=key))
    assert "s3cret" not in line
    assert (f'-H "{header}"' in line) if header else ("-H" not in line)


def test_further_headers_are_sent_too() -> None:
    line = curl_of(TARGET, message("POST", "/tasks", {}, headers={"Idempotency-Key": "a b"}))
    assert "Idempotency-Key: a b" in shlex.split(line)


def test_a_body_that_no_command_line_takes_comes_by_standard_input() -> None:
    body = {"records": ["it's $HOME"] * 10_000}
    line = curl_of(TARGET, message("POST", "/contacts", body))

    run = line[line.index("@- <<") + 3 :]
    told = subprocess.run(["/bin/sh", "-c", f"cat {run}"], check=True, capture_output=True)  # noqa: S603 - our own line
    assert json.loads(told.stdout) == body
