"""Requests about contacts and companies, and what a run has made of them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NamedTuple
from zlib import crc32

from customcrm.checker.correspondent import CONTACT_LINK, LATEST_SECONDS, Correspondent
from customcrm.checker.expectations import NOT_OFFERED, Broken, shown
from customcrm.checker.nouns import COMPANIES, CONTACTS, Noun
from customcrm.checker.places import MISSING, at
from customcrm.checker.record_view import UNSEEN, RecordView, lost_between
from customcrm.checker.sample_records import whole_record
from customcrm.client.exchange import Answer, read_json
from customcrm.client.http import Client

MAX_ID: Final = 1_000
"""Characters of an id that is asked for again: it has to stand in a URL."""

CUSTOM: Final = "checkCustomField"
"""A property that no server knows. One that shows it shows whatever it stores."""

MATCH_KEYS: Final = ("email", "domain", "linkedinUrl")
"""Properties by which a sync may find a record."""


class CannotAsk(Exception):
    """A check cannot be run here; the message says why. It is skipped."""


class CannotSee(CannotAsk):
    """What is stored cannot be seen in any way that the target offers."""

    def __init__(self) -> None:
        super().__init__("what is stored is not visible here")


class Made(NamedTuple):
    """A record that a run has made.

    Attributes:
        sent: as it was sent.
        crm_id: what it is known by over there.
    """

    sent: dict[str, Any]
    crm_id: str


class RecordClient(Correspondent):
    """Client for contacts and companies, which remembers what it has made.

    What several checks need is made once in a run, and only if a check asks for it.
    """

    def __init__(
        self,
        client: Client,
        mark: str,
        *,
        contact_link: str = CONTACT_LINK,
        latest: float = LATEST_SECONDS,
    ) -> None:
        super().__init__(client, mark, contact_link=contact_link, latest=latest)
        self._creations: dict[str, Answer] = {}
        self._known_by: dict[str, dict[str, Any]] = {}
        self._namesake_before: dict[str, RecordView] = {}
        self._readable = {CONTACTS.plural: True, COMPANIES.plural: True}
        self._shows_all: dict[str, bool] = {}

    def new(self, **values: Any) -> dict[str, Any]:
        """A record with an `externalId` of its own, and these values."""
        return {"externalId": self.new_name(), **values}

    def new_whole(self, noun: Noun) -> dict[str, Any]:
        """A new record with everything that the contract knows one by, but for the phone."""
        return whole_record(noun, self.new_name())

    def _new_phone(self) -> str:
        """One of the thousand numbers that are set aside for fiction."""
        return f"+44 7700 900{(crc32(self.mark.encode()) + self._names) % 1000:03d}"

    def create(self, noun: Noun, *records: dict[str, Any]) -> Answer:
        """Create records."""
        answer = self.ask("POST", noun.path, {noun.plural: list(records)})
        for record in records:
            crm_id = at(answer.json, f"results[externalId={record.get('externalId')}].crmId")
            if isinstance(crm_id, str):
                known_by = {n: record[n] for n in ("externalId", *MATCH_KEYS) if record.get(n)}
                self._known_by.setdefault(crm_id, known_by)
        return answer

    def sync(self, noun: Noun, *records: dict[str, Any]) -> Answer:
        """Look for records."""
        return self.ask("POST", f"{noun.path}/sync", {noun.plural: list(records)})

    def crm_ids(self, noun: Noun, *records: dict[str, Any]) -> list[Any]:
        """Return the `crmId` that one sync finds for each record, or `MISSING`."""
        answer = self.sync(noun, *records)
        places = (f"results[externalId={record['externalId']}].crmId" for record in records)
        return [at(answer.json, place) if answer.succeeded else MISSING for place in places]

    def update(self, noun: Noun, *records: dict[str, Any]) -> Answer:
        """Change records."""
        return self.ask("PUT", noun.path, {noun.plural: list(records)})

    def once(self, name: str, ask: Callable[[], Answer]) -> Answer:
        """Ask something once in a run, and return the same answer from then on."""
        if name not in self._creations:
            self._creations[name] = ask()
        return self._creations[name]

    def health(self) -> Answer:
        """The answer to `GET /health`, asked once."""
        return self.once("health", lambda: self.ask("GET", "/health"))

    def users_answer(self) -> Answer:
        """The answer to `GET /users`, asked once."""
        return self.once("users", lambda: self.ask("GET", "/users"))

    def users(self) -> Answer:
        """The answer to `GET /users`.

        Raises:
            CannotAsk: it is not offered.
        """
        answer = self.users_answer()
        if answer.status in NOT_OFFERED:
            raise CannotAsk("GET /users is not offered, which is allowed")
        return answer

    def read(self, noun: Noun, crm_id: str) -> dict[str, Any] | None:
        """Return all properties of a record, flat, by the endpoint that only Enginy's demo has.

        None where that is not offered, or does not know the record.
        """
        if not self._readable[noun.plural]:
            return None
        answer = self.ask("POST", f"{noun.path}/batch", {"ids": [crm_id]})
        self._readable[noun.plural] = answer.status not in NOT_OFFERED
        record = at(answer.json, f"results[id={crm_id}]")
        if not answer.succeeded or not isinstance(record, dict):
            return None
        custom = record.get("properties")
        return {**record, **(custom if isinstance(custom, dict) else {})}

    def view(self, noun: Noun, crm_id: str, keys: Mapping[str, Any] | None = None) -> RecordView:
        """Look at a stored record in every way that the target offers.

        Where records cannot be read by their id, a sync by the `externalId` alone shows what the
        target returns of it.

        Args:
            noun: of which kind it is.
            crm_id: its id.
            keys: match keys by which a sync may find it, with the values that it was sent with.
        """
        found_by = self.found_by(noun, crm_id, keys or {})
        record = self.read(noun, crm_id)
        if record is not None:
            return RecordView(record, complete=True, found_by=found_by)
        properties = self._returned(noun, crm_id)
        return RecordView(properties, self.shows_all(noun), found_by)

    def _returned(self, noun: Noun, crm_id: str) -> dict[str, Any]:
        """The properties that a sync returns of a record, with as little as possible sent.

        The `externalId` alone, as values that are sent need not come back; else with the match
        keys, for a server that looks by these only.
        """
        known_by = self._known_by.get(crm_id, {})
        for record in ({"externalId": known_by.get("externalId")}, known_by):
            answer = self.sync(noun, record) if record.get("externalId") else None
            properties = answer and at(answer.json, f"results[crmId={crm_id}].properties")
            if isinstance(properties, dict):
                return properties
        return {}

    def found_by(self, noun: Noun, crm_id: str, keys: Mapping[str, Any]) -> frozenset[str]:
        """The names of those match keys by which one sync finds a record."""
        asked = {name: self.new(**{name: keys[name]}) for name in MATCH_KEYS if keys.get(name)}
        if not asked:
            return frozenset()
        answer = self.sync(noun, *asked.values())
        return frozenset(
            name
            for name, record in asked.items()
            if at(answer.json, f"results[externalId={record['externalId']}].crmId") == crm_id
        )

    def shows_all(self, noun: Noun) -> bool:
        """Whether a sync returns every property that is stored, even one that no server knows."""
        if noun.plural not in self._shows_all:
            self._shows_all[noun.plural] = self._returns_custom(noun)
        return self._shows_all[noun.plural]

    def _returns_custom(self, noun: Noun) -> bool:
        answer = self.custom_creation(noun)
        crm_id = at(answer.json, "results[0].crmId")
        if isinstance(crm_id, str) and CUSTOM in self._returned(noun, crm_id):
            return True
        if not self.creation(noun).succeeded:
            return False
        given = self.given(noun)
        self.update(noun, {"crmId": given.crm_id, CUSTOM: "yes"})
        return CUSTOM in self._returned(noun, given.crm_id)

    def custom_creation(self, noun: Noun) -> Answer:
        """The answer to a create of one record with properties that nobody knows, sent once."""

        def create() -> Answer:
            custom = {CUSTOM: "yes", "checkNested": {"level": [1, {"deeper": None}]}}
            return self.create(noun, {**self.new_whole(noun), **custom})

        return self.once(f"custom in {noun.plural}", create)

    def malformed(self, noun: Noun) -> Answer:
        """The answer to a create of a whole record and one without an `externalId`, sent once."""
        return self.once(
            f"malformed {noun.plural}",
            lambda: self.create(noun, self.new_whole(noun), {noun.label: "without an id"}),
        )

    def blanks(self, noun: Noun) -> Answer:
        """The answer to a create of two records with nothing in their fields, sent once."""
        nothing: dict[str, Any] = {
            noun.key: "",
            "linkedinUrl": None,
            noun.label: "  ",
            "phone": "",
            "tags": [],
        }
        return self.once(
            f"blank {noun.plural}",
            lambda: self.create(noun, self.new(**nothing), self.new(**nothing)),
        )

    def unknown_update(self, noun: Noun) -> Answer:
        """The answer to an update of a record that does not exist, sent once."""
        return self.once(
            f"unknown in {noun.plural}",
            lambda: self.update(noun, {"crmId": self.new_name(), noun.label: "Nobody"}),
        )

    def make(self, noun: Noun, **values: Any) -> Made:
        """Create one whole record, which no other check knows.

        Raises:
            CannotAsk: the target could not create it.
        """
        record = {**self.new_whole(noun), **values}
        return Made(record, self.made(self.create(noun, record)))

    def creation(self, noun: Noun) -> Answer:
        """The answer to a create of one whole record, which this run sends once."""
        phone = {"phone": self._new_phone()} if noun is CONTACTS else {}
        return self.once(noun.plural, lambda: self.create(noun, {**self.new_whole(noun), **phone}))

    def given(self, noun: Noun) -> Made:
        """The whole record of `creation`.

        Raises:
            CannotAsk: the target could not create it.
        """
        answer = self.creation(noun)
        return Made(self.sent_in(answer, noun)[0], self.made(answer))

    def batch(self, noun: Noun) -> Answer:
        """The answer to a create of two small records, which this run sends once."""
        return self.once(
            f"batch of {noun.plural}", lambda: self.create(noun, self.new(), self.new())
        )

    def trio(self, noun: Noun) -> Answer:
        """The answer to a create of three whole records, which this run sends once."""
        return self.once(
            f"three {noun.plural}",
            lambda: self.create(noun, *(self.new_whole(noun) for _ in range(3))),
        )

    def match(self, noun: Noun) -> Answer:
        """The answer to a sync of the given record as it was sent, asked once.

        Raises:
            CannotAsk: there is no given record.
        """
        given = self.given(noun)
        return self.once(f"sync of {noun.plural}", lambda: self.sync(noun, given.sent))

    @staticmethod
    def sent_in(answer: Answer, noun: Noun) -> list[dict[str, Any]]:
        """The records of the request that was answered."""
        sent: list[dict[str, Any]] = at(read_json(answer.request.body or b""), noun.plural)
        return sent

    def namesake(self, noun: Noun) -> Answer:
        """The answer to a create of the given record under another `externalId`, sent once.

        Raises:
            CannotAsk: there is no given record.
        """
        given = self.given(noun)

        def create() -> Answer:
            same = {noun.key: given.sent[noun.key], noun.label: "As another source has it"}
            self._namesake_before[noun.plural] = self.view(noun, given.crm_id, given.sent)
            return self.create(noun, self.new(**same))

        return self.once(f"namesake in {noun.plural}", create)

    def before_namesake(self, noun: Noun) -> RecordView:
        """The given record as it was before `namesake`."""
        self.namesake(noun)
        return self._namesake_before[noun.plural]

    def stores(
        self, answer: Answer, noun: Noun, crm_id: str, name: str, wanted: object
    ) -> Broken | None:
        """A property of a record has this value now, after the request that was answered.

        Raises:
            CannotAsk: what is stored cannot be seen.
        """
        stored = self.view(noun, crm_id).value(name)
        if stored is UNSEEN:
            raise CannotSee
        if type(stored) is type(wanted) and stored == wanted:
            return None
        return Broken(f"`{name}` is {shown(wanted)} afterwards", f"it is {shown(stored)}", answer)

    def loses(
        self,
        answer: Answer,
        noun: Noun,
        record: Made,
        before: RecordView,
        names: Collection[str] = (),
    ) -> Broken | None:
        """Nothing that was seen of a record before the request that was answered is gone now.

        Args:
            answer: to the request.
            noun: of which kind the record is.
            record: which one.
            before: what was seen of it.
            names: the properties that are compared; by default all that it was sent with.

        Raises:
            CannotAsk: nothing was seen before.
        """
        if before.shows_nothing:
            raise CannotSee
        keys = {name: record.sent[name] for name in before.found_by}
        after = self.view(noun, record.crm_id, keys)
        return lost_between(before, after, names or list(record.sent), answer)

    def made(self, answer: Answer) -> str:
        """The `crmId` of the one record that a create made.

        Raises:
            CannotAsk: it made none.
        """
        crm_id = at(answer.json, "results[0].crmId")
        if not answer.succeeded or not isinstance(crm_id, str):
            raise CannotAsk(f"it needs a record, and {failed(answer)}")
        return usable_id(crm_id)


def usable_id(any_id: str) -> str:
    """An id that fits into a URL.

    Raises:
        CannotAsk: it is too long.
    """
    if len(any_id) > MAX_ID:
        raise CannotAsk(f"the id is {len(any_id)} characters long, too long for a URL")
    return any_id


def failed(answer: Answer) -> str:
    """Say which request failed, with its status."""
    return f"{answer.request.method} {answer.request.path} answered {answer.status}"
