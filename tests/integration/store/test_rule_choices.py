"""What an admin has chosen of the rules is kept, and told by the history."""

from contextlib import closing

from customcrm.clock import system_clock
from customcrm.crm.records import Kind
from customcrm.operations.rulebook import Choice, RuleBook
from customcrm.settings import Settings
from customcrm.store.backend import Store
from tests.integration.store.world import at_once, origin

ADMIN = origin(actor="user:user_1")


def test_choices_are_kept_and_their_history_tells_who_made_them(
    store: Store, database_url: str
) -> None:
    book = RuleBook(Settings().rules, store)
    book.choose_returned(Kind.CONTACT, ["phone"], ADMIN)
    book.choose_chain(Kind.COMPANY, ["domain"], ADMIN)
    book.choose_returned(Kind.CONTACT, ["phone"], ADMIN)
    book.choose_returned(Kind.CONTACT, None, ADMIN)

    with closing(Store(database_url, system_clock)) as other:
        assert other.rule_choices()[Kind.COMPANY] == Choice(chain=("domain",))
        assert other.rule_choices()[Kind.CONTACT] == Choice()
    told = [
        (change.actor, change.action, change.old, change.new)
        for change in store.catalogue.history("rules_contact", None, 9)
    ]
    assert told == [
        ("user:user_1", "updated", {"returned": ["phone"]}, {"returned": None}),
        ("user:user_1", "updated", {}, {"returned": ["phone"]}),
    ]


def test_two_choices_of_one_kind_at_once_are_both_kept(store: Store) -> None:
    books = [RuleBook(Settings().rules, store) for _ in range(2)]
    at_once(
        [
            lambda: books[0].choose_chain(Kind.CONTACT, ["email"], ADMIN),
            lambda: books[1].choose_returned(Kind.CONTACT, ["phone"], ADMIN),
        ]
    )
    assert store.rule_choices()[Kind.CONTACT] == Choice(("email",), ("phone",))


def test_two_who_switch_different_properties_at_once_are_both_heard(store: Store) -> None:
    books = [RuleBook(Settings().rules, store) for _ in range(2)]
    for book in books:
        assert "phone" in book.rules(Kind.CONTACT).returned
    books[0].change_returned(Kind.CONTACT, lambda names: [n for n in names if n != "phone"], ADMIN)
    books[1].change_returned(Kind.CONTACT, lambda names: [n for n in names if n != "email"], ADMIN)
    returned = store.rule_choices()[Kind.CONTACT].returned
    assert returned is not None
    assert not {"phone", "email"} & set(returned)
    assert "leadScore" in returned
