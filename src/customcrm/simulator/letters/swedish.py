"""Letters in Swedish."""

from typing import Final

from customcrm.simulator.letters.letters import Letter, Letters

SWEDISH: Final = Letters(
    topics=(
        "onboarding av nya kunder",
        "säljprognoser",
        "sena fakturor",
        "säljrekrytering",
        "kundtjänst",
        "datakvalitet",
    ),
    notes=(
        (
            "Hej {first}, jag stöter ofta på {company} när jag läser om {topic}. Kul om vi får "
            "kontakt!"
        ),
        (
            "Hej {first}, jag jobbar med några team i {city} kring {topic}. Vill gärna ha dig i "
            "mitt "
            "nätverk."
        ),
        "",
    ),
    messages=(
        (
            "Tack för kontakten, {first}! På {us} hjälper vi team med {topic}. "
            "Hur gör ni på {company} i dag?"
        ),
        (
            "Hej {first}, jag lyfter den här igen 🙂 En kund i er storlek lägger numera en "
            "tredjedel "
            "mindre tid på {topic}. Har du en kvart nästa vecka?"
        ),
        (
            "Sista hälsningen från mig, {first}. Är {topic} inte aktuellt det här kvartalet "
            "räcker det "
            "med ett nej. Men om det är det: ska jag skicka sammanfattningen på två sidor?"
        ),
    ),
    inmail=Letter(
        "{company} och {topic}",
        "Hej {first},\n\nmin förfrågan drunknade nog i mängden. I en mening: {us} tar bort "
        "handarbetet kring {topic}.\n\nHar du tio minuter?\n\n{sender}",
    ),
    emails=(
        Letter(
            "En snabb fråga om {topic} på {company}",
            "Hej {first},\n\nvem ansvarar för {topic} på {company}?\n\nJag frågar eftersom vi just "
            "har avslutat ett projekt i {city}: teamet fick tillbaka fyra timmar i veckan, utan "
            "att lära sig ett nytt verktyg.\n\nOm det är du, passar tisdag eller torsdag för ett "
            "kort samtal?",
        ),
        Letter(
            "Sv: En snabb fråga om {topic} på {company}",
            "Hej {first},\n\nveckan är full, så här är kortversionen:\n\nvi tittar på hur ni gör i "
            "dag, visar var tiden rinner bort på tre ställen, och rapporten är er oavsett om ni "
            "köper något.\n\nSka jag skicka ett exempel?",
        ),
        Letter(
            "Ska jag stänga ärendet?",
            "Hej {first},\n\ninget svar brukar betyda en av tre saker: fel person, fel tillfälle "
            "eller att mina mejl hamnar bland nyhetsbreven.\n\nEtt ord räcker. Tack i vilket fall!",
        ),
    ),
    interested=(
        (
            "Hej {sender},\n\ntack för tålamodet. Det här är faktiskt aktuellt hos oss nu. Kan du "
            "föreslå tider nästa vecka, helst på förmiddagen?"
        ),
        (
            "Låter intressant. Vad kostar det för ett team på ungefär 20 personer, och fungerar "
            "det "
            "med vårt eget CRM?"
        ),
        (
            "Hej {sender}! Vi tar ett samtal. Jag lägger till min kollega på driften, hon har "
            "budgeten."
        ),
        "Ja tack, skicka sammanfattningen 👍",
    ),
    declined=(
        (
            "Hej {sender},\n\ntack, men vi förlängde med en annan leverantör i januari. Hör "
            "gärna av "
            "dig nästa år."
        ),
        "Inte intresserad. Ta bort mig från listan, tack.",
    ),
    away="Tack för ditt mejl. Jag är borta till och med {back} och läser bara min e-post då och "
    "då. Vid brådskande ärenden: kontoret@example.com.",
    proposal="Vad roligt, {first}! Passar onsdag klockan 10 eller fredag 14.30? En halvtimme "
    "räcker; jag skickar en inbjudan.",
    settled=(
        "Onsdag klockan 10 blir bra. Skicka gärna inbjudan.",
        "Fredag 14.30. Vi hörs!",
        "Den veckan går inte. Veckan därpå?",
    ),
    wrote="Den {date} skrev {name}:",
    regards="Vänliga hälsningar",
    about=(
        "Femton år inom B2B, oftast i team som borde ha varit större.",
        "Gillar klarspråk, korta möten och siffror som stämmer.",
        "Hjälper medelstora bolag att sälja mer utan att anställa fler. Långsam löpare 🏃",
        "Föreläsare, mentor, tvåbarnsfar. Svart kaffe ☕",
        "Bygger upp det andra kontoret; letar alltid efter bra folk 🚀",
    ),
)
