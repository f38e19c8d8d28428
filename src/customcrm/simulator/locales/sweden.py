"""Sweden."""

from typing import Final

from customcrm.simulator.letters.swedish import SWEDISH
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

SWEDEN: Final = Locale(
    code="sv-SE",
    countries=("Sweden", "Sverige", "SE"),
    first_names=words(
        "Åsa, Göran, Maja, Östen, Linnéa, Håkan, Ebba, Björn-Erik, Ylva, Mårten, Saga, Gösta, "
        "Tilda, Kjell, Märta, Pär, Amira, Jörgen, Signe, Östen-Karl, Viktor, Solveig, Rasmus, "
        "Gunilla, Elin, Oskar, Britta, Hjalmar, Tove, Nils"
    ),
    last_names=words(
        "Ångström, Lindqvist, Sjöberg, Östlund, Bergström, Håkansson, Öberg, Nyström, Ekdahl, "
        "af Klint, Löfgren, Åkesson, Wallin, Söderlund, Hedlund, Björk, Grönvall, Dahlqvist, "
        "Forsgren, Ljungberg, Sandström, Hägg, Palmér, Rosén, Strandberg, Törnqvist, Wikström, "
        "Zetterlund, Holmgren, Norén"
    ),
    cities=cities(
        """
Stockholm|Stockholms län
Göteborg|Västra Götaland
Malmö|Skåne
Umeå|Västerbotten
Örebro|Örebro län
Linköping|Östergötland
Västerås|Västmanland
Luleå|Norrbotten
""",
        offset=1,
    ),
    mobile=Numbers("078-### ## ##", "+46 78 ### ## ##"),
    office=Numbers("08-0## ### ##", "+46 8 0## ### ##"),
    company_words=words(
        "Norrsken, Ängsö, Björkhaga, Granlund, Havsörn, Isälv, Kråkan, Lövåsen, Mälardal, "
        "Nordkust, "
        "Orrspel, Pilträd, Rönnbär, Skärgård, Tallmo, Vårsol, Åska, Älgen, Öresund, Snödroppe"
    ),
    trades=words(
        "Programvara, Logistik, Livsmedel, Energi, Konsult, Vård, Bygg, Textil, Utbildning, "
        "Försäkring, Resor, Maskin"
    ),
    forms=(" AB", " HB", " AB (publ)", ""),
    titles=(
        "VD",
        "Försäljningschef",
        "Inköpsansvarig",
        "Grundare",
        "Operativ chef",
        "IT-chef",
        "Marknadschef",
        "Affärsutvecklare",
    ),
    letters=SWEDISH,
)
"""No network has 078, and no number in a town begins with 0."""
