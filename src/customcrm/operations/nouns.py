"""What people work with: what can be deleted, changed in bulk, and listed in a view."""

from enum import StrEnum

from customcrm.crm.records import Kind


class Noun(StrEnum):
    """A kind of thing that people work with. The value is also the prefix of its ids."""

    CONTACT = "contact"
    COMPANY = "company"
    TASK = "task"

    @property
    def kind(self) -> Kind | None:
        """The kind of record; None for tasks."""
        return None if self is Noun.TASK else Kind(self.value)
