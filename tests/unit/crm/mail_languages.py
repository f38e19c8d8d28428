"""What mail programs and their users write, in many languages."""

from typing import NamedTuple


class Language(NamedTuple):
    """How programs speak in one language.

    `on` introduces a quotation, with `{date}`, `{time}`, `{name}` and `{address}`. `headers` are
    the labels of sender, date, recipient and subject; `long` is a date as Outlook writes it.
    """

    on: str
    apple: str
    headers: tuple[str, str, str, str]
    original: str
    long: str
    short: str
    sent_from: str
    greeting: str
    answers: tuple[str, str, str]
    questions: tuple[str, str, str]


LANGUAGES = {
    "en": Language(
        "On {date} at {time} {name} <{address}> wrote:",
        "On {date}, at {time}, {name} <{address}> wrote:",
        ("From", "Sent", "To", "Subject"),
        "Original Message",
        "Monday, March 2, 2026 10:40 AM",
        "Mon, Mar 2, 2026",
        "Sent from my iPhone",
        "Hi Ann,",
        ("Tuesday suits us well.", "Three of us will come.", "The budget is approved."),
        ("Shall we meet on Friday?", "How many people are you?", "Is there a budget for it?"),
    ),
    "de": Language(
        "Am {date} um {time} Uhr schrieb {name} <{address}>:",
        "Am {date} um {time} schrieb {name} <{address}>:",
        ("Von", "Gesendet", "An", "Betreff"),
        "Ursprüngliche Nachricht",
        "Montag, 2. März 2026 10:40",
        "Mo., 2. März 2026",
        "Von meinem iPhone gesendet",
        "Hallo Ann,",
        ("Dienstag passt uns gut.", "Wir kommen zu dritt.", "Das Budget ist freigegeben."),
        ("Treffen wir uns am Freitag?", "Wie viele Personen sind Sie?", "Gibt es ein Budget?"),
    ),
    "fr": Language(
        "Le {date} à {time}, {name} <{address}> a écrit :",
        "Le {date} à {time}, {name} <{address}> a écrit :",
        ("De", "Envoyé", "À", "Objet"),
        "Message d'origine",
        "lundi 2 mars 2026 10:40",
        "lun. 2 mars 2026",
        "Envoyé de mon iPhone",
        "Bonjour Anne,",
        ("Mardi nous convient.", "Nous serons trois.", "Le budget est validé."),
        ("On se voit vendredi ?", "Combien serez-vous ?", "Y a-t-il un budget prévu ?"),
    ),
    "es": Language(
        "El {date} a las {time}, {name} (<{address}>) escribió:",
        "El {date}, a las {time}, {name} <{address}> escribió:",
        ("De", "Enviado el", "Para", "Asunto"),
        "Mensaje original",
        "lunes, 2 de marzo de 2026 10:40",
        "lun, 2 mar 2026",
        "Enviado desde mi iPhone",
        "Hola Ana:",
        ("El martes nos va bien.", "Seremos tres personas.", "Hay presupuesto aprobado."),
        ("¿Nos vemos el viernes?", "¿Cuántos van a venir?", "¿Tienen ya presupuesto?"),
    ),
    "it": Language(
        "Il giorno {date} alle ore {time} {name} <{address}> ha scritto:",
        "Il giorno {date}, alle ore {time}, {name} <{address}> ha scritto:",
        ("Da", "Inviato", "A", "Oggetto"),
        "Messaggio originale",
        "lunedì 2 marzo 2026 10:40",
        "lun 2 mar 2026",
        "Inviato da iPhone",
        "Ciao Anna,",
        ("Martedì va benissimo.", "Saremo in tre.", "Il budget è approvato."),
        ("Ci vediamo venerdì?", "In quanti sarete?", "Avete un budget previsto?"),
    ),
    "pt": Language(
        "{name} <{address}> escreveu no dia {date} à(s) {time}:",
        "No dia {date}, às {time}, {name} <{address}> escreveu:",
        ("De", "Enviada em", "Para", "Assunto"),
        "Mensagem original",
        "segunda-feira, 2 de março de 2026 10:40",
        "seg., 2 de mar. de 2026",
        "Enviado do meu iPhone",
        "Olá Ana,",
        ("Terça está ótimo.", "Seremos três pessoas.", "O orçamento foi aprovado."),
        ("Vamos nos ver na sexta?", "Quantos vocês serão?", "Existe um orçamento?"),
    ),
    "nl": Language(
        "Op {date} om {time} schreef {name} <{address}>:",
        "Op {date} om {time} heeft {name} <{address}> het volgende geschreven:",
        ("Van", "Verzonden", "Aan", "Onderwerp"),
        "Oorspronkelijk bericht",
        "maandag 2 maart 2026 10:40",
        "ma 2 mrt 2026",
        "Verstuurd vanaf mijn iPhone",
        "Hallo Anna,",
        ("Dinsdag is prima.", "Wij komen met drie mensen.", "Het budget is akkoord."),
        ("Zien we elkaar vrijdag?", "Met hoeveel bent u?", "Is er een budget voor?"),
    ),
    "pl": Language(
        "{date} o {time} {name} <{address}> napisał(a):",
        "Wiadomość napisana przez {name} <{address}> w dniu {date}, o godz. {time}:",
        ("Od", "Wysłano", "Do", "Temat"),
        "Wiadomość oryginalna",
        "poniedziałek, 2 marca 2026 10:40",
        "pon., 2 mar 2026",
        "Wysłane z iPhone'a",
        "Dzień dobry Anno,",
        ("Wtorek nam pasuje.", "Będzie nas troje.", "Budżet jest zatwierdzony."),
        ("Spotkamy się w piątek?", "Ile osób przyjdzie?", "Czy jest na to budżet?"),
    ),
    "sv": Language(
        "Den {date} kl {time} skrev {name} <{address}>:",
        "{date} kl. {time} skrev {name} <{address}>:",
        ("Från", "Skickat", "Till", "Ämne"),
        "Ursprungligt meddelande",
        "den 2 mars 2026 10:40",
        "mån 2 mars 2026",
        "Skickat från min iPhone",
        "Hej Anna,",
        ("Tisdag passar bra.", "Vi blir tre stycken.", "Budgeten är godkänd."),
        ("Ska vi ses på fredag?", "Hur många blir ni?", "Finns det en budget?"),
    ),
    "da": Language(
        "Den {date} kl. {time} skrev {name} <{address}>:",
        "Den {date} kl. {time} skrev {name} <{address}>:",
        ("Fra", "Sendt", "Til", "Emne"),
        "Oprindelig meddelelse",
        "2. marts 2026 10:40",
        "man. 2. mar. 2026",
        "Sendt fra min iPhone",
        "Hej Anne,",
        ("Tirsdag passer fint.", "Vi bliver tre personer.", "Budgettet er godkendt."),
        ("Skal vi mødes fredag?", "Hvor mange bliver I?", "Er der et budget til det?"),
    ),
    "fi": Language(
        "{date} klo {time} {name} ({address}) kirjoitti:",
        "{name} <{address}> kirjoitti {date} kello {time}:",
        ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
        "Alkuperäinen viesti",
        "maanantai 2. maaliskuuta 2026 10.40",
        "ma 2. maalisk. 2026",
        "Lähetetty iPhonesta",
        "Hei Anna,",
        ("Tiistai sopii hyvin.", "Meitä tulee kolme.", "Budjetti on hyväksytty."),
        ("Tapaammeko perjantaina?", "Montako teitä tulee?", "Onko tähän budjettia?"),
    ),
    "tr": Language(
        "{name} <{address}>, {date} tarihinde saat {time}'da şunu yazdı:",
        "{name} <{address}> şunları yazdı ({date} {time}):",
        ("Kimden", "Gönderildi", "Kime", "Konu"),
        "Orijinal Mesaj",
        "2 Mart 2026 Pazartesi 10:40",
        "2 Mar 2026 Pzt",
        "iPhone'umdan gönderildi",
        "Merhaba Ann,",
        ("Salı günü uygun.", "Üç kişi geleceğiz.", "Bütçe onaylandı."),
        ("Cuma günü görüşelim mi?", "Kaç kişi olacaksınız?", "Bunun için bütçe var mı?"),
    ),
    "cs": Language(
        "{date} v {time} odesílatel {name} <{address}> napsal:",
        "{date} v {time}, {name} <{address}>:",
        ("Od", "Odesláno", "Komu", "Předmět"),
        "Původní zpráva",
        "pondělí 2. března 2026 10:40",
        "po 2. 3. 2026",
        "Odesláno z iPhonu",
        "Dobrý den, Anno,",
        ("Úterý nám vyhovuje.", "Přijdeme tři.", "Rozpočet je schválen."),
        ("Sejdeme se v pátek?", "Kolik vás bude?", "Máte na to rozpočet?"),
    ),
    "ru": Language(
        "{date} в {time}, {name} <{address}>:",
        "{date}, в {time}, {name} <{address}> написал(а):",
        ("От", "Отправлено", "Кому", "Тема"),
        "Исходное сообщение",
        "2 марта 2026 г. 10:40",
        "пн, 2 мар. 2026 г.",
        "Отправлено с iPhone",
        "Здравствуйте, Анна!",
        ("Вторник нам подходит.", "Нас будет трое.", "Бюджет согласован."),
        ("Встретимся в пятницу?", "Сколько вас будет?", "Есть ли на это бюджет?"),
    ),
    "ja": Language(
        "{date} {time} {name} <{address}>:",
        "{date} {time}、{name} <{address}>のメール:",
        ("差出人", "送信日時", "宛先", "件名"),
        "元のメッセージ",
        "2026年3月2日 10:40",
        "2026年3月2日(月)",
        "iPhoneから送信",
        "アナ様",
        ("火曜日で大丈夫です。", "三名で伺います。", "予算は承認されました。"),
        ("金曜日にお会いできますか。", "何名でいらっしゃいますか。", "予算はありますか。"),
    ),
}
