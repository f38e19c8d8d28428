"""Which mailboxes are a role's, in many languages."""

import pytest

from customcrm.crm.mailboxes import is_role_mailbox

ROLES = """
info sales office contact kontakt ventas support admin hello hola hallo mail post marketing
jobs hr rrhh vertrieb verkauf einkauf compras facturacion rechnung buchhaltung empfang
recepcion accueil secretariat sekretariat service kundenservice atencionalcliente direction
gerencia comercial commerciale vendite amministrazione segreteria contabilidad comptabilite
prensa presse press reservas booking orders pedidos noreply no-reply webmaster postmaster
privacy datenschutz legal biuro sprzedaz kontor forsaljning salg myynti iletisim bilgi kancelar
posta iroda team staff careers bewerbung help helpdesk kontakty contato
"""


@pytest.mark.parametrize("local", ROLES.split())
def test_a_word_of_a_role_is_a_role_mailbox(local: str) -> None:
    assert is_role_mailbox(f"{local}@acme.com")


@pytest.mark.parametrize(
    "local",
    [
        "info.madrid",
        "info-es",
        "sales_uk",
        "info2",
        "contact.us",
        "sales+acme",
        "atencion.al.cliente",
        "customer-service",
        "no.reply",
        "office-berlin",
        "acme",
        "human.resources",
    ],
)
def test_a_place_or_number_beside_it_changes_nothing(local: str) -> None:
    assert is_role_mailbox(f"{local}@acme.com")


@pytest.mark.parametrize(
    "local",
    [
        "jane",
        "jane.doe",
        "j.doe",
        "inforsato",
        "maria.sales",
        "it.smith",
        "hr.mueller",
        "post1er",
        "salesman",
        "contacto1a",
        "anna.post",
        "janeinfo",
        "doe",
        "adminah",
    ],
)
def test_a_person_is_no_role(local: str) -> None:
    assert not is_role_mailbox(f"{local}@acme.com")
