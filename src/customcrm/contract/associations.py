"""Links between contacts and companies."""

from typing import Annotated, Any

from msgspec import Meta, Struct, field

from customcrm.contract.values import ASSOCIATED_PAIRS, IDENTIFIER_SCHEMA, MAX_RECORDS, accepts


class CreateAssociations(Struct):
    """Pairs to link. A pair that is linked already is no error."""

    associations: Annotated[
        list[dict[str, Any]],
        Meta(
            extra_json_schema=accepts(
                type="array",
                maxItems=MAX_RECORDS,
                items={
                    "type": "object",
                    "required": ["contactCRMId", "companyCRMId"],
                    "properties": {
                        "contactCRMId": IDENTIFIER_SCHEMA,
                        "companyCRMId": IDENTIFIER_SCHEMA,
                    },
                },
            )
        ),
        ASSOCIATED_PAIRS,
    ]


class FailedAssociation(Struct):
    """A pair that could not be linked, and why."""

    contact_crm_id: str = field(name="contactCRMId")
    company_crm_id: str = field(name="companyCRMId")
    error: str


class CreatedAssociations(Struct, omit_defaults=True):
    """How many of the pairs sent are linked now, whether new or not."""

    success: bool
    created: int
    errors: list[FailedAssociation] = field(default_factory=list)
