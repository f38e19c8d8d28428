"""Mailboxes that several people of a company share: `info@`, `ventas@`, `kontakt@`.

Source: contract, Create (strong keys that contradict).
"""

import re
from functools import lru_cache

from customcrm.crm.folding import fold

_ROLES = """
abuse accounting accounts accountspayable accueil achats acquisti admin administracao
administracion administratie administration administrator alerts all amministrazione anfrage
anfragen api apotheke asistencia assistance assistenza atencion atencionalcliente atencioncliente
ayuda backoffice bestellung bestellungen bewerbung bewerbungen bienvenido bienvenue bilgi billing
birou biuro boekhouding bonjour booking bookings bookkeeping boutique buchhaltung buero bureau
buro business cafe care career careers central centrale ceo ciao clientes clienti clients
clientservices clinic clinica comercial comerciales commande commandes commercial commerciale
communication communications compliance compras compta comptabilite comunicacion comunicazione
consulta consultas contabilidad contabilidade contabilita contact contacta contactanos contacto
contactos contacts contactus contato contatos contatti contatto correo correos courrier
customercare customerservice customersuccess customersupport datenschutz dev developer developers
digital direccion direction director direktion direzione donotreply dpo ecommerce edv einkauf
email emails empfang empleo enquiries enquiry equipe equipo escritorio event eventos events
everyone export facturacion facturas facturation faktura fatturazione fatture feedback finance
financeiro finances finanzas finanzen firma forsaljning founder founders front frontdesk gdpr
general gerencia gerente geschaeftsfuehrung geschaeftsleitung gf hallo hei hej hello help helpdesk
hey hi hilfe hola home host hostmaster hotel hr human humanresources iletisim import imprensa info
infodesk informacion informacoes informatie information informationen informazioni infos inkoop
inquiries inquiry international investors invoice invoices invoicing iroda it job jobs kancelar
kanzlei karriere klantenservice klient kommunikation kontakt kontakte kontakty kontor kunden
kundendienst kundenservice kundeservice kundtjanst legal logistica logistics logistik mail mailbox
main management manager marketing mbox media members myynti nepasrepondre newbusiness news
newsletter noc noreply noresponder notification notifications office officemanager oficina ofis
ola online operations ops order orders ordini owner partner partners partnership partnerships
payroll pedidos people personal personalabteilung personnel poczta portaria post posta poste
postkasse postmaster pr praktijk praxis prensa presidencia press presse privacy procurement prodej
produccion production projects purchasing recepcion recepcja receptie reception receptionist
rechnung rechnungen recruiting recruitment recrutement recursoshumanos request requests reservas
reservation reservations reservierung restaurant rezeption rgpd rh rrhh sac sale sales salg salut
satis school schule secretaria secretariaat secretariat secretary security segreteria sekretariat
service servicecenter serviceclient serviceclients servicedesk services servicio servicios
servizio shop soporte spam sprzedaz staff stampa store studio suporte suppliers support supporto
talent team tech technical technik technique tecnico tienda todos toimisto travel ufficio uk us
vendas vendite venta ventas verkauf verkoop vertrieb verwaltung web webmaster website welcome
werkstatt yhteys zentrale бухгалтерия инфо контакт контакты офис помощь почта продажи
お問い合わせ 営業
"""

_MIN_FIRST = 3
"""Letters that the first word of several must have to be a role's: `it.smith` is a person."""

_ROLE_WORDS = frozenset(_ROLES.split())
_SIGNS = re.compile(r"[^\w]+|_+")
_DIGITS = "0123456789 "


@lru_cache(maxsize=16384)
def is_role_mailbox(key: str) -> bool:
    """Return whether an email key is the address of a role and not of a person.

    It is where the part before the `@` is a role's word in one of many languages, whatever digits
    follow it, or begins with one (`info.madrid`, `sales-uk`), or is the name of the domain
    (`acme@acme.com`).
    """
    local, _, host = key.partition("@")
    if local in _ROLE_WORDS:
        return True
    words = _SIGNS.sub(" ", local if local.isascii() else fold(local)).rstrip(_DIGITS).split()
    if not words:
        return False
    whole = "".join(words)
    if whole in _ROLE_WORDS or whole == host.partition(".")[0].replace("-", ""):
        return True
    return len(words) > 1 and len(words[0]) >= _MIN_FIRST and words[0] in _ROLE_WORDS
