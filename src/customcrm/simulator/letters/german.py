"""Letters in German."""

from typing import Final

from customcrm.simulator.letters.letters import Letter, Letters

GERMAN: Final = Letters(
    topics=(
        "Kunden-Onboarding",
        "Umsatzprognosen",
        "offene Rechnungen",
        "Recruiting im Vertrieb",
        "Kundenservice",
        "Datenqualität",
    ),
    notes=(
        (
            "Guten Tag {first} {last}, beim Thema {topic} stoße ich immer wieder auf {company}. "
            "Ich würde mich gern mit Ihnen vernetzen."
        ),
        (
            "Hallo {first} {last}, ich arbeite mit einigen Teams in {city} zum Thema {topic}. "
            "Freue mich über die Vernetzung!"
        ),
        "",
    ),
    messages=(
        (
            "Danke für die Vernetzung, {first}! Bei {us} unterstützen wir Teams beim Thema "
            "{topic}. "
            "Wie läuft das heute bei {company}?"
        ),
        (
            "Hallo {first}, ich hole das noch einmal nach oben 🙂 Ein Kunde in der Größe von "
            "{company} "
            "braucht für das Thema {topic} heute ein Drittel weniger Zeit. Passen 15 Minuten "
            "nächste "
            "Woche?"
        ),
        (
            "Letzte Nachricht von mir, {first}. Wenn {topic} dieses Quartal kein Thema ist, "
            "genügt ein "
            "kurzes Nein. Und wenn doch: Darf ich die zweiseitige Zusammenfassung schicken?"
        ),
    ),
    inmail=Letter(
        "{company}: {topic}",
        "Guten Tag {first} {last},\n\nmeine Anfrage von neulich ging vermutlich unter. In einem "
        "Satz: {us} nimmt Ihnen beim Thema {topic} die Handarbeit ab.\n\nHätten Sie Zeit für ein "
        "kurzes Gespräch?\n\n{sender}",
    ),
    emails=(
        Letter(
            "Kurze Frage zu {topic} bei {company}",
            "Guten Tag {first} {last},\n\nwer kümmert sich bei {company} um das Thema {topic}?\n\n"
            "Ich frage, weil wir gerade ein Projekt in {city} abgeschlossen haben: Das Team dort "
            "gewinnt vier Stunden pro Woche, und niemand musste ein neues Werkzeug lernen.\n\n"
            "Falls Sie das sind: Passt Ihnen Dienstag oder Donnerstag für ein kurzes Gespräch?",
        ),
        Letter(
            "AW: Kurze Frage zu {topic} bei {company}",
            "Guten Tag {first} {last},\n\nIhre Woche ist voll, daher in Kürze:\n\nwir sehen uns "
            "an, wie Sie heute arbeiten, zeigen Ihnen die drei Stellen, an denen Zeit verloren "
            "geht, und der Bericht gehört Ihnen, ob Sie kaufen oder nicht.\n\nDarf ich ein "
            "Beispiel schicken?",
        ),
        Letter(
            "Soll ich die Akte schließen?",
            "Guten Tag {first} {last},\n\nkeine Antwort heißt meist: falsche Person, falscher "
            "Zeitpunkt, oder ich lande bei den Newslettern.\n\nEin Wort genügt. Vielen Dank, so "
            "oder so!",
        ),
    ),
    interested=(
        (
            "Hallo {sender},\n\ndanke für Ihre Geduld. {topic} steht bei uns tatsächlich gerade "
            "an. "
            "Können Sie mir Termine für nächste Woche nennen, am liebsten vormittags?"
        ),
        (
            "Klingt interessant. Was kostet das für ein Team mit etwa 20 Leuten, und läuft es mit "
            "unserem eigenen CRM?"
        ),
        (
            "Guten Tag {sender}, das passt zeitlich gut. Ich nehme meine Kollegin aus dem "
            "Einkauf in "
            "Kopie, sie verantwortet das Budget."
        ),
        "Gern, schicken Sie mir die Zusammenfassung 👍",
    ),
    declined=(
        (
            "Guten Tag {sender},\n\nvielen Dank, aber wir haben im Januar bei einem anderen "
            "Anbieter "
            "verlängert. Melden Sie sich gern nächstes Jahr."
        ),
        "Kein Interesse. Bitte nehmen Sie mich aus dem Verteiler.",
    ),
    away="Vielen Dank für Ihre Nachricht. Ich bin bis {back} nicht im Büro und lese meine E-Mails "
    "nur gelegentlich. In dringenden Fällen: buero@example.com.",
    proposal="Das freut mich, {first}! Wie wäre Mittwoch um 10:00 oder Freitag um 14:30 Uhr? Eine "
    "halbe Stunde genügt; die Einladung schicke ich Ihnen gleich zu.",
    settled=(
        "Mittwoch 10 Uhr passt. Bitte die Einladung schicken.",
        "Freitag, 14:30. Bis dann!",
        "Da bin ich auf der Messe. Geht auch die Woche danach?",
    ),
    wrote="Am {date} schrieb {name}:",
    regards="Mit freundlichen Grüßen",
    about=(
        "Fünfzehn Jahre B2B-Vertrieb, meistens in zu kleinen Teams.",
        "Ich mag klare Worte, kurze Besprechungen und Zahlen, die aufgehen.",
        "Mehr verkaufen, ohne mehr Leute einzustellen: daran arbeite ich im Mittelstand.",
        "Ehemalige Beraterin, langsame Läuferin, überzeugte Fußgängerin 🚶‍♀️",
        "Baut gerade das zweite Büro auf; gute Leute bitte melden 🚀",
    ),
)
