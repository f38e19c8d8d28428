"""`customcrm connect`, against a stand-in that plays Enginy's side."""

import subprocess
from collections.abc import Iterator
from itertools import count

import pytest

from customcrm.cli import main
from tests.acceptance.enginy import GSK, Enginy
from tests.acceptance.server import KEY, Server, run_command
from tests.integration.checker.right import RightServer
from tests.integration.checker.wire import KEY as ODD_KEY
from tests.integration.checker.wire import Call, HangUp, Reply, serving

DONE, REFUSED, USAGE, UNREACHABLE = 0, 1, 2, 3


@pytest.fixture
def enginy() -> Enginy:
    return Enginy()


@pytest.fixture
def side(enginy: Enginy) -> Iterator[str]:
    with serving(enginy.answer) as url:
        yield url


def connect(
    *arguments: str, key: str = KEY, gsk: str | None = GSK
) -> subprocess.CompletedProcess[str]:
    settings = {"CUSTOMCRM_API_KEY": key} | ({"ENGINY_API_KEY": gsk} if gsk else {})
    done = run_command("connect", *arguments, settings=settings)
    for secret in (KEY, GSK):
        assert secret not in done.stdout + done.stderr
    return done


def test_enginy_tests_the_server_and_connects_it(server: Server, enginy: Enginy, side: str) -> None:
    done = connect(server.url, "--allow-private", "--enginy-url", side)

    assert done.returncode == DONE, done.stderr
    assert "30 checks, reading only\n" in done.stdout
    assert "Enginy tests it: 200" in done.stdout
    assert "Enginy connects it: 200" in done.stdout
    assert '"usersSupported": true' in done.stdout
    assert enginy.asked == ["/v1/custom-crm/test", "/v1/custom-crm/connect"]
    assert enginy.connected == [
        {
            "baseUrl": server.url,
            "apiKey": KEY,
            "apiKeyHeader": "X-API-Key",
            "contactLinkTemplate": f"{server.url}/view/contact/{{{{crmId}}}}",
            "companyLinkTemplate": f"{server.url}/view/company/{{{{crmId}}}}",
        }
    ]


def test_other_links_are_sent_and_empty_ones_are_not(
    server: Server, enginy: Enginy, side: str
) -> None:
    link = "https://crm.example.com/p/{{crmId}}?x=1"
    done = connect(
        server.url, "--allow-private", "--enginy-url", side,
        "--contact-link", link, "--company-link", "",
    )  # fmt: skip
    assert done.returncode == DONE
    assert enginy.connected[0]["contactLinkTemplate"] == link
    assert "companyLinkTemplate" not in enginy.connected[0]


def test_it_can_be_tested_alone(server: Server, enginy: Enginy, side: str) -> None:
    done = connect(server.url, "--allow-private", "--enginy-url", side, "--test-only")
    assert done.returncode == DONE
    assert enginy.asked == ["/v1/custom-crm/test"]


def test_a_server_that_fails_its_checks_is_not_shown_to_enginy(
    server: Server, enginy: Enginy, side: str
) -> None:
    wrong = "not-the-key-of-the-server"
    done = connect(server.url, "--allow-private", "--enginy-url", side, key=wrong)
    assert done.returncode == REFUSED
    assert "✗ health.answers  MUST" in done.stdout
    assert "Enginy was not asked" in done.stderr
    assert enginy.asked == []


def test_it_is_shown_to_enginy_anyway_if_somebody_insists(
    server: Server, enginy: Enginy, side: str
) -> None:
    wrong = "not-the-key-of-the-server"
    arguments = (server.url, "--allow-private", "--enginy-url", side, "--anyway")
    done = connect(*arguments, key=wrong)
    assert done.returncode == REFUSED
    assert "Enginy tests it: 422" in done.stdout
    assert "health: 401" in done.stdout
    assert enginy.asked == ["/v1/custom-crm/test"]


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        (Reply(200, text="<h1>It works</h1>"), "<h1>It works</h1>"),
        (Reply(200, ["ok"]), '[\n  "ok"\n]'),
        (Reply(200, text=""), "Enginy connects it: 200"),
        (Reply(200, {"echo": f"{KEY} and {GSK}"}), '"echo": "$KEY and $KEY"'),
        (Reply(200, text="\x1b[31mred"), r"\x1b[31mred"),
    ],
)
def test_its_answer_is_printed_whatever_its_shape(
    server: Server, enginy: Enginy, side: str, says: Reply, shown: str
) -> None:
    enginy.says = says
    done = connect(server.url, "--allow-private", "--enginy-url", side)
    assert done.returncode == DONE
    assert shown in done.stdout


def test_a_wrong_key_of_enginys_is_told(server: Server, side: str) -> None:
    done = connect(server.url, "--allow-private", "--enginy-url", side, gsk="gsk_wrong")
    assert done.returncode == REFUSED
    assert "Enginy tests it: 401" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["http://crm.example.com"], "is not https://"),
        (["https://localhost:3456"], "cannot be reached from outside"),
        (["https://10.0.0.7"], "cannot be reached from outside"),
        (["https://127.1"], "cannot be reached from outside"),
        (["https://[fd00::1]"], "cannot be reached from outside"),
        (["https://localhost."], "cannot be reached from outside"),
        (["https://crm.acme.com", "--contact-link", "crm.acme.com/{{crmId}}"], "must be a URL"),
        (["https://crm.acme.com", "--company-link", "https://crm.acme.com/x"], "must hold"),
        (["https://crm.acme.com", "--enginy-url", "http://enginy.acme.com"], "must be https://"),
    ],
)
def test_what_cannot_work_is_refused_before_anybody_is_called(
    arguments: list[str], said: str
) -> None:
    done = connect(*arguments)
    assert done.returncode == USAGE
    assert said in done.stderr


def test_a_name_that_leads_to_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.1.2.3", 0))])
    monkeypatch.setenv("CUSTOMCRM_API_KEY", KEY)
    monkeypatch.setattr("sys.argv", ["customcrm", "connect", "https://crm.acme.com"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == USAGE
    assert "https://crm.acme.com is 10.1.2.3, which cannot be reached" in capsys.readouterr().err


def test_a_server_that_is_lost_during_the_checks_ends_with_3(enginy: Enginy, side: str) -> None:
    server, calls = RightServer(), count()

    def answer(call: Call) -> Reply:
        if next(calls) > 4:
            raise HangUp
        return server.answer(call)

    with serving(answer) as url:
        done = connect(url, "--allow-private", "--anyway", "--enginy-url", side, key=ODD_KEY)
    assert done.returncode == UNREACHABLE
    assert "Broken off" in done.stdout
    assert enginy.asked == []


def test_enginys_key_comes_from_the_environment_alone(server: Server) -> None:
    done = connect(server.url, "--allow-private", gsk=None)
    assert done.returncode == USAGE
    assert "set ENGINY_API_KEY" in done.stderr


def test_an_enginy_that_is_away_ends_with_3(server: Server) -> None:
    done = connect(server.url, "--allow-private", "--enginy-url", "http://127.0.0.1:1")
    assert done.returncode == UNREACHABLE
    assert "Nobody listens there" in done.stderr
