"""Requests under a run's own name, and an account of what they leave behind."""

import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from urllib.parse import quote

from customcrm.checker.places import at
from customcrm.client.exchange import Answer, Request, message
from customcrm.client.http import Client, HungUp
from customcrm.contract.check_runs import number_of

LATEST_SECONDS: Final = 5.0
"""How long any answer may take. Enginy does not say how long it waits."""

CONTACT_LINK: Final = "/view/contact/{{crmId}}"
"""Where the page of a contact is, unless somebody says otherwise."""


TOO_MANY_REQUESTS: Final = 429

_WAITS: Final = (0.2, 1.0)
"""Seconds to wait before a request is sent again that was told to wait."""

_LONGEST_WAIT: Final = 10.0

_IN_VAIN: Final = 2
"""Requests in a row that were waited for in vain, after which nobody is waited for any more."""


class CannotClean(Exception):
    """The target offers no way to remove what a run has made."""


class Correspondent:
    """Sends requests, and keeps account of what they leave behind.

    Everything that it writes bears the run's mark, so that a person can find it again.

    Args:
        client: speaks to the target.
        mark: of the run: `check-9f3a2c`.
        contact_link: the path of a contact's page, with `{{crmId}}` in it.
        latest: seconds that any answer may take.
    """

    def __init__(
        self,
        client: Client,
        mark: str,
        *,
        contact_link: str = CONTACT_LINK,
        latest: float = LATEST_SECONDS,
    ) -> None:
        self.client = client
        self.mark = mark
        self.latest = latest
        self.slowest: Answer | None = None
        self._contact_link = contact_link
        self._names = 0
        self._in_vain = 0
        self._left: dict[str, set[str]] = {}
        self._removed: Counter[str] = Counter()

    def send(self, request: Request) -> Answer:
        """Send a request, and note what it leaves behind.

        Raises:
            Unreachable: nobody is there.
            NoAnswer: no whole answer came.
        """
        answer = self._heard(request, self.client)
        if self.slowest is None or answer.seconds > self.slowest.seconds:
            self.slowest = answer
        self._note(answer)
        return answer

    def send_at_once(self, request: Request, times: int) -> list[Answer]:
        """Send a request several times at the same instant, each over a connection of its own.

        All other connections are closed before, and each of these after its answer: a server that
        serves one connection at a time would never come to the second.

        Raises:
            Unreachable: nobody is there.
            NoAnswer: no whole answer came.
        """

        def send(_: int) -> Answer:
            with self.client.sibling() as client:
                return self._heard(request, client)

        self.client.disconnect()
        with ThreadPoolExecutor(times) as pool:
            answers = list(pool.map(send, range(times)))
        for answer in answers:
            self._note(answer)
        return answers

    def _heard(self, request: Request, client: Client) -> Answer:
        """The answer to a request, which is sent again where that says nothing of the target.

        A connection that was idle may be closed at the moment of sending; and who is told to wait
        has been too fast, no more.
        """
        for wait in _WAITS:
            try:
                answer = client.send(request)
            except HungUp:
                continue
            if answer.status != TOO_MANY_REQUESTS:
                self._in_vain = 0
                return answer
            if self._in_vain >= _IN_VAIN:
                return answer
            time.sleep(_seconds_to_wait(answer, wait))
        answer = client.send(request)
        self._in_vain = self._in_vain + 1 if answer.status == TOO_MANY_REQUESTS else 0
        return answer

    def ask(
        self,
        method: str,
        path: str,
        value: object = None,
        *,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a JSON value, or nothing."""
        return self.send(message(method, path, value, key=key, headers=headers))

    def new_name(self) -> str:
        """A name that nobody has used: `check-9f3a2c-7`."""
        self._names += 1
        return f"{self.mark}-{self._names}"

    def page_of_contact(self, crm_id: str) -> Answer:
        """The page that Enginy's link to a contact leads to."""
        return self.ask("GET", self._contact_link.replace("{{crmId}}", in_path(crm_id)))

    def _note(self, answer: Answer) -> None:
        """Note what a request has left behind."""
        request = answer.request
        if request.method != "POST" or not answer.succeeded:
            return
        match request.path:
            case "/contacts" | "/companies":
                results = at(answer.json, "results")
                ids = [at(one, "crmId") for one in results] if isinstance(results, list) else []
            case "/tasks" | "/activities":
                ids = [at(answer.json, "id")]
            case _:
                return
        known = self._left.setdefault(request.path.removeprefix("/"), set())
        known.update(str(one) for one in ids)

    def other_records(self) -> bool | None:
        """Whether the target holds records that no run has made; None if it does not say."""
        answer = self.ask("GET", "/check-runs")
        others = at(answer.json, "otherRecords")
        return others if answer.succeeded and isinstance(others, bool) else None

    def clean_up(self) -> Counter[str]:
        """Have the target remove what this run has made, if it offers a way.

        Returns:
            How many records of each kind were removed. `left_behind` is less by as many.

        Raises:
            CannotClean: the target offers no way.
        """
        names = [f"{self.mark}-{number}" for number in range(1, self._names + 1)]
        made = {
            "externalIds": [*names, str(number_of(self.mark))],
            **{plural: sorted(self._left.get(plural, ())) for plural in ("tasks", "activities")},
        }
        answer = self.ask("POST", f"/check-runs/{self.mark}/clean", made)
        if not answer.succeeded or not isinstance(answer.json, dict):
            raise CannotClean
        removed = Counter(
            {
                plural: min(count, len(self._left[plural]))
                for plural, count in answer.json.items()
                if plural in self._left and type(count) is int and count > 0
            }
        )
        self._removed.update(removed)
        return removed

    @property
    def left_behind(self) -> Counter[str]:
        """How many records of each kind are there now that were not before."""
        made = Counter({plural: len(ids) for plural, ids in self._left.items()})
        return made - self._removed


def _seconds_to_wait(answer: Answer, usual: float) -> float:
    """What an answer with 429 asks for, if that can be waited for."""
    asked = answer.headers.get("retry-after", "")
    return min(float(asked), _LONGEST_WAIT) if asked.isdecimal() else usual


def in_path(any_id: str) -> str:
    """An id as it stands in a path, whatever it is made of."""
    return quote(any_id, safe="")
