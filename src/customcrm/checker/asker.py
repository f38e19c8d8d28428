"""What a check asks with: a run's correspondence, and what it has made."""

from hashlib import sha256
from typing import Any, Final, NamedTuple
from zlib import crc32

from customcrm.checker.correspondent import (
    CONTACT_LINK,
    LATEST_SECONDS,
    Correspondent,
    in_path,
)
from customcrm.checker.expectations import NOT_OFFERED, Broken, shown
from customcrm.checker.nouns import COMPANIES, CONTACTS, Noun
from customcrm.checker.places import MISSING, at
from customcrm.client.exchange import Answer, read_json
from customcrm.client.http import Client

_LETTERS: Final = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")

MAX_ID: Final = 1_000
"""Characters of an id that is asked for again: it has to stand in a URL."""


class CannotAsk(Exception):
    """A check cannot be run here; the message says why. It is skipped."""


class Made(NamedTuple):
    """A record that a run has made.

    Attributes:
        sent: as it was sent.
        crm_id: what it is known by over there.
    """

    sent: dict[str, Any]
    crm_id: str


class Asker(Correspondent):
    """Asks the target, and remembers what it has made there.

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

    def new(self, **values: Any) -> dict[str, Any]:
        """A record with an `externalId` of its own, and these values."""
        return {"externalId": self.new_name(), **values}

    def new_whole(self, noun: Noun) -> dict[str, Any]:
        """A record that says who it is by everything that the contract knows it by.

        But for the phone: there are a thousand numbers for fiction, and earlier runs had some.
        Names begin with a word of their own: who compares them loosely, as Enginy advises, shall
        not take two of a run for one.
        """
        name = self.new_name()
        called = f"{_word_of(name)} {name}"
        if noun is CONTACTS:
            return {
                "externalId": name,
                "email": f"{name}@example.com",
                "firstName": "Zoë",
                "lastName": called,
                "company": f"{called} Ltd",
                "title": "Head of Checks",
                "linkedinUrl": f"https://www.linkedin.com/in/{name}",
            }
        return {
            "externalId": name,
            "name": f"{called} Ltd",
            "domain": f"{name}.example",
            "industry": "Quality assurance",
            "numberOfEmployees": 42,
            "linkedinUrl": f"https://www.linkedin.com/company/{name}",
        }

    def _new_phone(self) -> str:
        """One of the thousand numbers that are set aside for fiction."""
        return f"+44 7700 900{(crc32(self.mark.encode()) + self._names) % 1000:03d}"

    def create(self, noun: Noun, *records: dict[str, Any]) -> Answer:
        """Create records."""
        return self.ask("POST", noun.path, {noun.plural: list(records)})

    def sync(self, noun: Noun, *records: dict[str, Any]) -> Answer:
        """Look for records."""
        return self.ask("POST", f"{noun.path}/sync", {noun.plural: list(records)})

    def update(self, noun: Noun, *records: dict[str, Any]) -> Answer:
        """Change records."""
        return self.ask("PUT", noun.path, {noun.plural: list(records)})

    def users(self) -> Answer:
        """The answer to `GET /users`.

        Raises:
            CannotAsk: it is not offered.
        """
        answer = self.ask("GET", "/users")
        if answer.status in NOT_OFFERED:
            raise CannotAsk("GET /users is not offered, which is allowed")
        return answer

    def read(self, noun: Noun, crm_id: str) -> dict[str, Any]:
        """All properties of a record, flat, by the endpoint that only Enginy's demo has.

        Raises:
            CannotAsk: it is not offered.
        """
        answer = self.ask("POST", f"{noun.path}/batch", {"ids": [crm_id]})
        record = at(answer.json, f"results[id={crm_id}]")
        if not answer.succeeded or not isinstance(record, dict):
            raise CannotAsk(
                f"what is stored cannot be seen: POST {noun.path}/batch, which only Enginy's "
                "demo server shows, is not offered"
            )
        custom = record.get("properties")
        return {**record, **(custom if isinstance(custom, dict) else {})}

    def creation(self, noun: Noun) -> Answer:
        """The answer to a create of one whole record, which this run sends once."""
        if noun.plural not in self._creations:
            phone = {"phone": self._new_phone()} if noun is CONTACTS else {}
            self._creations[noun.plural] = self.create(noun, {**self.new_whole(noun), **phone})
        return self._creations[noun.plural]

    def given(self, noun: Noun) -> Made:
        """The whole record of `creation`.

        Raises:
            CannotAsk: the target could not create it.
        """
        answer = self.creation(noun)
        return Made(self.sent_in(answer, noun)[0], self.made(answer))

    def batch(self, noun: Noun) -> Answer:
        """The answer to a create of two small records, which this run sends once."""
        name = f"batch of {noun.plural}"
        if name not in self._creations:
            self._creations[name] = self.create(noun, self.new(), self.new())
        return self._creations[name]

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
        name = f"namesake in {noun.plural}"
        if name not in self._creations:
            strong = "email" if noun is CONTACTS else "domain"
            same = {strong: self.given(noun).sent[strong], noun.label: "As another source has it"}
            self._creations[name] = self.create(noun, self.new(**same))
        return self._creations[name]

    def stores(
        self, answer: Answer, noun: Noun, crm_id: str, name: str, wanted: object
    ) -> Broken | None:
        """A property of a record has this value now, after the request that was answered.

        Raises:
            CannotAsk: what is stored cannot be seen.
        """
        stored = self.read(noun, crm_id).get(name, MISSING)
        if type(stored) is type(wanted) and stored == wanted:
            return None
        return Broken(f"`{name}` is {shown(wanted)} afterwards", f"it is {shown(stored)}", answer)

    def made(self, answer: Answer) -> str:
        """The `crmId` of the one record that a create made.

        Raises:
            CannotAsk: it made none.
        """
        crm_id = at(answer.json, "results[0].crmId")
        if not answer.succeeded or not isinstance(crm_id, str):
            raise CannotAsk(f"it needs a record, and {_failed(answer)}")
        return _of_use(crm_id)

    def associate(self, *pairs: tuple[str, str]) -> Answer:
        """Link contacts to companies."""
        named = [{"contactCRMId": contact, "companyCRMId": company} for contact, company in pairs]
        return self.ask("POST", "/associations", {"associations": named})

    def association(self) -> Answer:
        """The answer to the link of the given contact to the given company, sent once.

        Raises:
            CannotAsk: there are no such two.
        """
        if "associations" not in self._creations:
            pair = self.given(CONTACTS).crm_id, self.given(COMPANIES).crm_id
            self._creations["associations"] = self.associate(pair)
        return self._creations["associations"]

    def association_again(self) -> Answer:
        """The answer to the same link, when it exists already.

        Raises:
            CannotAsk: there are no such two.
        """
        return self.send(self.association().request)

    def half_association(self) -> Answer:
        """The answer to two links, of which the second is to a company that does not exist.

        Raises:
            CannotAsk: there is no contact, or no company.
        """
        contact, company = self.given(CONTACTS).crm_id, self.given(COMPANIES).crm_id
        return self.associate((contact, company), (contact, self.new_name()))

    def task_creation(self) -> Answer:
        """The answer to a create of one whole task, which this run sends once."""
        if "tasks" not in self._creations:
            task = {
                "subject": f"Call {self.new_name()}",
                "description": "Left by a check of the API; it can be removed.",
                "type": "call",
                "dueDate": "2030-01-31T09:30:00Z",
            }
            self._creations["tasks"] = self.ask("POST", "/tasks", task)
        return self._creations["tasks"]

    def given_task(self) -> str:
        """The id of the task of `task_creation`.

        Raises:
            CannotAsk: the target could not create it.
        """
        return self._id_of(self.task_creation())

    def new_task(self) -> str:
        """The id of a task of its own.

        Raises:
            CannotAsk: the target could not create one.
        """
        return self._id_of(self.ask("POST", "/tasks", {"subject": f"Call {self.new_name()}"}))

    def read_task(self, task_id: str) -> Answer:
        """Read one task."""
        return self.ask("GET", f"/tasks/{in_path(task_id)}")

    def change_task(self, task_id: str, **values: Any) -> Answer:
        """Change one task."""
        return self.ask("PATCH", f"/tasks/{in_path(task_id)}", values)

    def complete(self, task_id: str) -> Answer:
        """Complete one task."""
        return self.change_task(task_id, completed=True)

    def read_activity(self, activity_id: str) -> Answer:
        """Read one activity."""
        return self.ask("GET", f"/activities/{in_path(activity_id)}")

    def activity_creation(self) -> Answer:
        """The answer to a create of one whole activity, which this run sends once."""
        if "activities" not in self._creations:
            self._creations["activities"] = self.ask("POST", "/activities", self.new_activity())
        return self._creations["activities"]

    def given_activity(self) -> str:
        """The id of the activity of `activity_creation`.

        Raises:
            CannotAsk: the target could not create it.
        """
        return self._id_of(self.activity_creation())

    def new_activity(self, **values: Any) -> dict[str, Any]:
        """A LinkedIn message that was sent to the given contact, with these values."""
        name = self.new_name()
        return {
            "type": "LINKEDIN",
            "direction": "OUTBOUND",
            "subject": "[1/3] [FROM Acme Corp] John Smith",
            "body": f"Hello, this is {name}.",
            "occurredAt": "2026-01-15T10:30:00Z",
            "contactId": self.given(CONTACTS).crm_id,
            "metadata": {"messageId": name, "sequenceIndex": 1, "sequenceMessageCount": 3},
            **values,
        }

    @staticmethod
    def _id_of(answer: Answer) -> str:
        made = at(answer.json, "id")
        if not answer.succeeded or not isinstance(made, str):
            raise CannotAsk(f"it needs one, and {_failed(answer)}")
        return _of_use(made)


def _word_of(name: str) -> str:
    """Sixteen letters that look like those of no other name."""
    digits = sha256(name.encode()).hexdigest()[:16]
    return digits.translate(_LETTERS).capitalize()


def _of_use(any_id: str) -> str:
    """An id that fits into a URL.

    Raises:
        CannotAsk: it is too long.
    """
    if len(any_id) > MAX_ID:
        raise CannotAsk(f"the id is {len(any_id)} characters long, too long for a URL")
    return any_id


def _failed(answer: Answer) -> str:
    return f"{answer.request.method} {answer.request.path} answered {answer.status}"
