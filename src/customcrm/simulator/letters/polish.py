"""Letters in Polish."""

from typing import Final

from customcrm.simulator.letters.letters import Letter, Letters

POLISH: Final = Letters(
    topics=(
        "wdrażanie nowych klientów",
        "prognozy sprzedaży",
        "zaległe faktury",
        "rekrutacja handlowców",
        "obsługa klienta",
        "jakość danych",
    ),
    notes=(
        "Dzień dobry, {first}! Śledzę to, co robi {company}, i chętnie dołączę do Pana/Pani sieci.",
        (
            "Dzień dobry, pracuję z kilkoma zespołami w mieście {city}. Temat: {topic}. "
            "Zapraszam do kontaktu."
        ),
        "",
    ),
    messages=(
        (
            "Dziękuję za przyjęcie zaproszenia, {first}! W {us} zajmujemy się jednym tematem: "
            "{topic}. "
            "Jak to dziś wygląda w {company}?"
        ),
        (
            "Dzień dobry, {first}, przypominam się 🙂 Klient wielkości {company} poświęca na to "
            "dziś "
            "o jedną trzecią mniej czasu. Czy znajdzie się 15 minut w przyszłym tygodniu?"
        ),
        (
            "Ostatnia wiadomość ode mnie, {first}. Jeśli {topic} to nie jest temat na ten kwartał, "
            "wystarczy krótkie „nie”. A jeśli jest: czy mogę wysłać dwustronicowe podsumowanie?"
        ),
    ),
    inmail=Letter(
        "{company}: {topic}",
        "Dzień dobry,\n\nmoje zaproszenie pewnie gdzieś utonęło. W jednym zdaniu: {us} zdejmuje "
        "z zespołu ręczną pracę ({topic}).\n\nCzy porozmawiamy dziesięć minut?\n\n{sender}",
    ),
    emails=(
        Letter(
            "Krótkie pytanie: {topic} w {company}",
            "Dzień dobry,\n\nkto w {company} odpowiada za ten obszar: {topic}?\n\nPytam, bo "
            "właśnie skończyliśmy projekt w mieście {city}: zespół odzyskał cztery godziny "
            "tygodniowo i nikt nie musiał uczyć się nowego narzędzia.\n\nCzy pasuje wtorek albo "
            "czwartek na krótką rozmowę?",
        ),
        Letter(
            "Odp.: Krótkie pytanie: {topic} w {company}",
            "Dzień dobry,\n\nwiem, że tydzień jest pełny, więc w skrócie:\n\nprzyglądamy się, jak "
            "pracujecie dziś, pokazujemy trzy miejsca, w których ucieka czas, a raport zostaje "
            "u Was niezależnie od decyzji.\n\nCzy wysłać przykład?",
        ),
        Letter(
            "Zamykamy temat?",
            "Dzień dobry,\n\nbrak odpowiedzi oznacza zwykle jedno z trzech: nie ta osoba, nie ten "
            "moment albo moje wiadomości giną wśród newsletterów.\n\nWystarczy jedno słowo. "
            "Dziękuję tak czy inaczej!",
        ),
    ),
    interested=(
        (
            "Dzień dobry, {sender},\n\ndziękuję za cierpliwość. To rzeczywiście nasz temat na ten "
            "kwartał. Proszę o propozycje terminów na przyszły tydzień, najlepiej przed południem."
        ),
        "Brzmi ciekawie. Ile to kosztuje dla zespołu około 20 osób i czy działa z naszym CRM-em?",
        "Dzień dobry! Porozmawiajmy. Dodaję koleżankę z działu operacji, to ona ma budżet.",
        "Tak, poproszę podsumowanie 👍",
    ),
    declined=(
        (
            "Dzień dobry, {sender},\n\ndziękuję, ale w styczniu przedłużyliśmy umowę z innym "
            "dostawcą. "
            "Proszę odezwać się za rok."
        ),
        "Nie jestem zainteresowany. Proszę o usunięcie z listy.",
    ),
    away="Dziękuję za wiadomość. Jestem poza biurem do {back} i tylko czasem czytam pocztę. "
    "W pilnych sprawach: biuro@example.com.",
    proposal="Świetnie, {first}! Czy pasuje środa o 10:00 albo piątek o 14:30? Pół godziny "
    "wystarczy; zaraz wyślę zaproszenie.",
    settled=(
        "Środa o 10 pasuje. Proszę o zaproszenie.",
        "Piątek, 14:30. Do usłyszenia!",
        "W tym tygodniu się nie uda. Może w następnym?",
    ),
    wrote="Dnia {date} {name} napisał(a):",
    regards="Z poważaniem",
    about=(
        "Piętnaście lat w sprzedaży B2B, zwykle w zespołach mniejszych, niż być powinny.",
        "Lubię proste słowa, krótkie spotkania i liczby, które się zgadzają.",
        "Pomagam średnim firmom sprzedawać więcej bez zatrudniania. Wolny biegacz 🏃",
        "Mentorka, prelegentka, mama dwójki. Kawa czarna ☕",
        "Buduję drugie biuro; szukam dobrych ludzi 🚀",
    ),
)
