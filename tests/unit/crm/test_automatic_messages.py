from typing import Any

import pytest

from customcrm.crm.automatic_messages import automatic_kind
from customcrm.crm.automatic_subjects import Automatic

AWAY, UNDELIVERABLE, RECEIPT, REPLY = (
    Automatic.AWAY,
    Automatic.UNDELIVERABLE,
    Automatic.RECEIPT,
    Automatic.REPLY,
)

SUBJECTS = {
    "Automatic reply: Offer": REPLY,
    "AUTOMATIC REPLY: Offer": REPLY,
    "Auto-Reply: Offer": REPLY,
    "Out of Office: Re: Offer": AWAY,
    "Out-of-office Re: Offer": AWAY,
    "[EXTERNAL] Out of the office until Monday": AWAY,
    "Jane Doe is out of the office (returning 03/09/2026)": AWAY,
    "OOO: Offer": AWAY,
    "AUTO: Jane Doe is away": REPLY,
    "Undeliverable: Offer": UNDELIVERABLE,
    "Undelivered Mail Returned to Sender": UNDELIVERABLE,
    "Delivery Status Notification (Failure)": UNDELIVERABLE,
    "Mail delivery failed: returning message to sender": UNDELIVERABLE,
    "failure notice": UNDELIVERABLE,
    "Read: Offer": RECEIPT,
    "Not read: Offer": RECEIPT,
    "We have received your request (#4711)": REPLY,
    "[Acme] Your request has been received": REPLY,
    "Automatische Antwort: Angebot": REPLY,
    "Abwesenheitsnotiz": AWAY,
    "Abwesend: Angebot": AWAY,
    "Unzustellbar: Angebot": UNDELIVERABLE,
    "Gelesen: Angebot": RECEIPT,
    "Eingangsbestätigung Ihrer Anfrage": REPLY,
    "Réponse automatique : Offre": REPLY,
    "Absence du bureau : Offre": AWAY,
    "Non remis : Offre": UNDELIVERABLE,
    "Lu : Offre": RECEIPT,
    "Respuesta automática: Oferta": REPLY,
    "Fuera de la oficina: Oferta": AWAY,
    "No se puede entregar: Oferta": UNDELIVERABLE,
    "Risposta automatica: Offerta": REPLY,
    "Fuori ufficio": AWAY,
    "Mancato recapito: Offerta": UNDELIVERABLE,
    "Resposta automática: Proposta": REPLY,
    "Fora do escritório: Proposta": AWAY,
    "Não entregue: Proposta": UNDELIVERABLE,
    "Automatisch antwoord: Aanbod": REPLY,
    "Afwezig: Aanbod": AWAY,
    "Onbestelbaar: Aanbod": UNDELIVERABLE,
    "Automatyczna odpowiedź: Oferta": REPLY,
    "Nieobecność: Oferta": AWAY,
    "Niedostarczone: Oferta": UNDELIVERABLE,
    "Autosvar: Erbjudande": REPLY,
    "Frånvaro: Erbjudande": AWAY,
    "Automatisk svar: Tilbud": REPLY,
    "Fraværende til mandag": AWAY,
    "Automaattinen vastaus: Tarjous": REPLY,
    "Poissa: Tarjous": AWAY,
    "Automatická odpověď: Nabídka": REPLY,
    "Nedoručitelné: Nabídka": UNDELIVERABLE,
    "Automatikus válasz: Ajánlat": REPLY,
    "Răspuns automat: Ofertă": REPLY,
    "Otomatik yanıt: Teklif": REPLY,
    "Ofis dışında: Teklif": AWAY,
    "Автоматический ответ: Предложение": REPLY,
    "Автоответ: Предложение": REPLY,
    "Не доставлено: Предложение": UNDELIVERABLE,
    "Αυτόματη απάντηση: Προσφορά": REPLY,
    "自動応答: ご提案": REPLY,
    "不在のお知らせ": AWAY,
    "自动回复：报价": REPLY,
    "自动答复: 报价": REPLY,
    "자동 회신: 제안": REPLY,
    "תשובה אוטומטית: הצעה": REPLY,
    "رد تلقائي: عرض": REPLY,
}


@pytest.mark.parametrize(("subject", "kind"), SUBJECTS.items())
def test_automatic_messages_are_known_by_their_subjects(subject: str, kind: Automatic) -> None:
    assert automatic_kind(subject, {}) is kind


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Automatic reply: Offer",
        "AW: Abwesenheitsnotiz",
        "Out of office next week?",
        "Read this when you can",
        "Readiness of the offer",
        "Delivery dates",
        "Delivery delayed until Friday",
        "Absent next week",
        "Automatic doors for your office",
        "Automated testing: an offer",
        "[1/3] [FROM Acme Corp] John Smith",
        "[TechStartup Inc] Jane Doe",
        "Away days in March",
        "Urlaub im Juni",
        "Urlaubsplanung: Termine",
        "Thank you for your message",
        "We have received your offer",
        "Lunch",
        "Luis: a question",
        "Offer",
        "",
        "🚀",
    ],
)
def test_people_write_other_subjects(subject: str) -> None:
    assert automatic_kind(subject, {}) is None


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"autoSubmitted": "auto-replied"}, REPLY),
        ({"Auto-Submitted": "auto-generated"}, REPLY),
        ({"auto_submitted": "AUTO-REPLIED"}, REPLY),
        ({"precedence": "bulk"}, REPLY),
        ({"Precedence": "auto_reply"}, REPLY),
        ({"X-Autoreply": "yes"}, REPLY),
        ({"x_auto_reply": True}, REPLY),
        ({"isAutoReply": True}, REPLY),
        ({"headers": {"X-Autorespond": "Offer"}}, REPLY),
        ({"headers": [{"name": "Auto-Submitted", "value": "auto-replied"}]}, REPLY),
        ({"category": "OUT_OF_OFFICE"}, AWAY),
        ({"outOfOffice": "true"}, AWAY),
        ({"isOOO": 1}, AWAY),
        ({"X-Failed-Recipients": "a@b.example"}, UNDELIVERABLE),
        ({"contentType": "multipart/report; report-type=delivery-status"}, UNDELIVERABLE),
        ({"Content-Type": "multipart/report; report-type=disposition-notification"}, RECEIPT),
        ({"from": "Mail Delivery System <MAILER-DAEMON@mx.example>"}, UNDELIVERABLE),
        ({"Return-Path": "<>"}, UNDELIVERABLE),
        ({"messageType": "bounce"}, UNDELIVERABLE),
    ],
)
def test_automatic_messages_are_known_by_their_headers(
    headers: dict[str, Any], kind: Automatic
) -> None:
    assert automatic_kind("Offer", headers) is kind


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"messageId": "auto-1", "sequenceIndex": 1},
        {"autoSubmitted": "no"},
        {"Auto-Submitted": ""},
        {"precedence": "list"},
        {"isAutoReply": False},
        {"autoReply": "false"},
        {"X-Auto-Response-Suppress": "All"},
        {"category": "INTERESTED"},
        {"from": "jane@acme.example"},
        {"headers": None},
        {"headers": ["x", 7, {"name": "a"}]},
        {"headers": {"autoSubmitted": {"deep": True}}},
        {"contentType": "text/html"},
    ],
)
def test_other_headers_say_nothing(headers: dict[str, Any]) -> None:
    assert automatic_kind("Offer", headers) is None
