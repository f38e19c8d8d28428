"""Contacts and companies, as far as the contract says the same of both."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Noun:
    """One of the two kinds of record.

    Attributes:
        singular: `contact`
        plural: `contacts`, which is also its path and the key of its batches.
        label: a text property that a person may change.
        key: the strongest match key.
        returned: a documented text that a sync may return.
        number: a property of which the contract says that it is a number; empty if there is none.
    """

    singular: str
    plural: str
    label: str
    key: str
    returned: str
    number: str = ""

    def named(self, text: str) -> str:
        """A text with this noun in the place of `{records}` and `{record}`."""
        return text.replace("{records}", self.plural).replace("{record}", self.singular)

    @property
    def path(self) -> str:
        """Where it is created and updated."""
        return f"/{self.plural}"


CONTACTS: Final = Noun("contact", "contacts", "title", "email", "lifecycleStage")
COMPANIES: Final = Noun(
    "company", "companies", "industry", "domain", "accountTier", "numberOfEmployees"
)
