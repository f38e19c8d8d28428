"""Contacts and companies: what Enginy sends of them and what it hears back."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from customcrm.contract.values import (
    CREATED_RECORDS,
    IDENTIFIER_SCHEMA,
    MAX_RECORDS,
    UPDATED_RECORDS,
    Identifiers,
    accepts,
)


class ContactFields(Struct, rename="camel", omit_defaults=True):
    """A person, flat. The list is open: any further key is kept as a custom property.

    Only the id is checked. A value of another type than documented is kept as it came.
    """

    email: Annotated[Any, Meta(description="Text: professional or personal.")] = None
    first_name: Annotated[Any, Meta(description="Text.")] = None
    last_name: Annotated[Any, Meta(description="Text.")] = None
    phone: Annotated[Any, Meta(description="Text, in any format.")] = None
    mobile_phone: Annotated[Any, Meta(description="Text, in any format.")] = None
    company: Annotated[Any, Meta(description="Text: the company's name, not an id.")] = None
    title: Annotated[Any, Meta(description="Text: the position.")] = None
    linkedin_url: Annotated[Any, Meta(description="Text: the profile's URL.")] = None
    owner_id: Annotated[Any, Meta(description="Text: a user's id.")] = None
    location: Annotated[Any, Meta(description="Text.")] = None
    lead_country: Annotated[Any, Meta(description="Text.")] = None
    industry: Annotated[Any, Meta(description="Text.")] = None
    company_size: Annotated[Any, Meta(description="Text: a range.")] = None
    domain: Annotated[Any, Meta(description="Text.")] = None
    description: Annotated[Any, Meta(description="Text; may hold HTML.")] = None
    email_verification_status: Annotated[Any, Meta(description="Text.")] = None
    campaigns: Annotated[Any, Meta(description="Text: the campaigns' names.")] = None
    last_contacted_by: Annotated[Any, Meta(description="Text.")] = None


class CompanyFields(Struct, rename="camel", omit_defaults=True):
    """A company, flat. The list is open: any further key is kept as a custom property.

    Only the id is checked. A value of another type than documented is kept as it came.
    """

    name: Annotated[Any, Meta(description="Text.")] = None
    domain: Annotated[Any, Meta(description="Text.")] = None
    industry: Annotated[Any, Meta(description="Text.")] = None
    number_of_employees: Annotated[Any, Meta(description="Number.")] = None
    employee_count: Annotated[
        Any, Meta(description="Number: what the sync page calls numberOfEmployees.")
    ] = None
    linkedin_url: Annotated[Any, Meta(description="Text: the company page's URL.")] = None
    owner_id: Annotated[Any, Meta(description="Text: a user's id.")] = None
    description: Annotated[Any, Meta(description="Text; may hold HTML.")] = None
    location: Annotated[Any, Meta(description="Text.")] = None
    founded_year: Annotated[Any, Meta(description="Number.")] = None
    revenue: Annotated[Any, Meta(description="Text: a range.")] = None
    company_type: Annotated[Any, Meta(description="Text.")] = None
    technologies_used: Annotated[Any, Meta(description="Text.")] = None
    campaigns: Annotated[Any, Meta(description="Text: the campaigns' names.")] = None
    last_contacted_by: Annotated[Any, Meta(description="Text.")] = None
    lead_countries: Annotated[Any, Meta(description="Text.")] = None


def _batch(fields: type[Struct], identifier: str, description: str) -> Meta:
    """The JSON Schema of a batch: documented fields of any type, one required id, open."""
    return Meta(
        extra_json_schema=accepts(
            type="array",
            maxItems=MAX_RECORDS,
            items={
                "allOf": [{"$ref": f"#/components/schemas/{fields.__name__}"}],
                "type": "object",
                "required": [identifier],
                "properties": {identifier: {**IDENTIFIER_SCHEMA, "description": description}},
            },
        )
    )


_EXTERNAL_ID = "The sender's id of the record."
_CRM_ID = "Our id of the record."


class CreateContacts(Struct):
    """Contacts to create, or to find: each known to the sender by its `externalId`."""

    contacts: Annotated[
        list[dict[str, Any]],
        _batch(ContactFields, "externalId", _EXTERNAL_ID),
        CREATED_RECORDS,
    ]


class CreateCompanies(Struct):
    """Companies to create, or to find: each known to the sender by its `externalId`."""

    companies: Annotated[
        list[dict[str, Any]],
        _batch(CompanyFields, "externalId", _EXTERNAL_ID),
        CREATED_RECORDS,
    ]


class UpdateContacts(Struct):
    """Contacts to change: absent keys are left alone, `null` clears."""

    contacts: Annotated[
        list[dict[str, Any]],
        _batch(ContactFields, "crmId", _CRM_ID),
        UPDATED_RECORDS,
    ]


class UpdateCompanies(Struct):
    """Companies to change: absent keys are left alone, `null` clears."""

    companies: Annotated[
        list[dict[str, Any]],
        _batch(CompanyFields, "crmId", _CRM_ID),
        UPDATED_RECORDS,
    ]


class ReadRecords(Struct):
    """Records to read, by our ids."""

    ids: Identifiers


class CreatedRecord(Struct, rename="camel"):
    """Which of our records a record sent has become."""

    external_id: str
    crm_id: str


class CreatedRecords(Struct):
    """One result for each record sent, in the order sent."""

    results: list[CreatedRecord]


class SyncedRecord(Struct, rename="camel"):
    """A record sent that exists here, with what the sender should know of it."""

    external_id: str
    crm_id: str
    properties: dict[str, Any]


class SyncedRecords(Struct):
    """Matches only; a record sent that matches nothing is left out."""

    results: list[SyncedRecord]


class UpdatedRecord(Struct, rename="camel", omit_defaults=True):
    """What became of one update. `error` says why where `success` is false."""

    crm_id: str
    success: bool
    error: str | None = None


class UpdatedRecords(Struct):
    """One result for each record sent, in the order sent."""

    results: list[UpdatedRecord]


class ContactRecord(ContactFields, rename="camel", omit_defaults=True, kw_only=True):
    """A stored contact: documented fields that have a value, all others under `properties`."""

    id: str
    external_id: str | None = None
    properties: dict[str, Any]


class CompanyRecord(CompanyFields, rename="camel", omit_defaults=True, kw_only=True):
    """A stored company: documented fields that have a value, all others under `properties`."""

    id: str
    external_id: str | None = None
    properties: dict[str, Any]


class ContactRecords(Struct):
    """The contacts that exist, in the order asked; unknown ids are left out."""

    results: list[ContactRecord]


class CompanyRecords(Struct):
    """The companies that exist, in the order asked; unknown ids are left out."""

    results: list[CompanyRecord]
