"""Client that checks ask with: requests of every kind, and what the run has made."""

from typing import Any

from customcrm.checker.correspondent import in_path
from customcrm.checker.expectations import NOT_OFFERED
from customcrm.checker.nouns import COMPANIES, CONTACTS
from customcrm.checker.places import at
from customcrm.checker.record_client import CannotAsk, RecordClient, failed, usable_id
from customcrm.client.exchange import Answer

__all__ = ["Asker", "CannotAsk"]


class Asker(RecordClient):
    """Client for everything in the contract.

    What several checks need is made once in a run, and only if a check asks for it.
    """

    def associate(self, *pairs: tuple[str, str]) -> Answer:
        """Link contacts to companies."""
        named = [{"contactCRMId": contact, "companyCRMId": company} for contact, company in pairs]
        return self.ask("POST", "/associations", {"associations": named})

    def association(self) -> Answer:
        """The answer to the link of the given contact to the given company, sent once.

        Raises:
            CannotAsk: there are no such two.
        """
        pair = self.given(CONTACTS).crm_id, self.given(COMPANIES).crm_id
        return self.once("associations", lambda: self.associate(pair))

    def association_again(self) -> Answer:
        """The answer to the same link, when it exists already.

        Raises:
            CannotAsk: there are no such two.
        """
        first = self.association()
        return self.once("associations again", lambda: self.send(first.request))

    def half_association(self) -> Answer:
        """The answer to two links, of which the second is to a company that does not exist.

        Raises:
            CannotAsk: there is no contact, or no company.
        """
        contact, company = self.given(CONTACTS).crm_id, self.given(COMPANIES).crm_id
        pairs = (contact, company), (contact, self.new_name())
        return self.once("half an association", lambda: self.associate(*pairs))

    def task_creation(self) -> Answer:
        """The answer to a create of one whole task, which this run sends once."""
        task = {
            "subject": f"Call {self.new_name()}",
            "description": "Left by a check of the API; it can be removed.",
            "type": "call",
            "dueDate": "2030-01-31T09:30:00Z",
        }
        return self.once("tasks", lambda: self.ask("POST", "/tasks", task))

    def offers_tasks(self, *, may_write: bool) -> bool:
        """Whether there are tasks at all: they are optional.

        Without leave to write, `POST /tasks/batch` decides, which only reads.
        """
        if may_write:
            return self.task_creation().status not in NOT_OFFERED
        return self._reads_tasks().status not in NOT_OFFERED

    def _reads_tasks(self) -> Answer:
        ids = {"ids": [self.new_name()]}
        return self.once("no tasks", lambda: self.ask("POST", "/tasks/batch", ids))

    def offers_activities(self) -> bool:
        """Whether there are activities at all: they are optional. Writes one, once."""
        return self.activity_creation().status not in NOT_OFFERED

    def given_task(self) -> str:
        """The id of the task of `task_creation`.

        Raises:
            CannotAsk: the target could not create it.
        """
        return self._id_of(self.task_creation())

    def new_task(self, **values: Any) -> str:
        """The id of a task of its own, with these values.

        Raises:
            CannotAsk: the target could not create one.
        """
        task = {"subject": f"Call {self.new_name()}", **values}
        return self._id_of(self.ask("POST", "/tasks", task))

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
        return self.once("activities", lambda: self.ask("POST", "/activities", self.new_activity()))

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
        if answer.status in NOT_OFFERED:
            raise CannotAsk(f"{answer.request.path.strip('/')} are not offered, which is allowed")
        if not answer.succeeded or not isinstance(made, str):
            raise CannotAsk(f"it needs one, and {failed(answer)}")
        return usable_id(made)
