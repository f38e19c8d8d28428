"""Germany."""

from typing import Final

from customcrm.simulator.letters.german import GERMAN
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

GERMANY: Final = Locale(
    code="de-DE",
    countries=("Germany", "Deutschland", "DE"),
    first_names=words(
        "Jürgen, Anne-Marie, Lukas, Käthe, Björn, Sabine, Torsten, Heike, Matthias, Zoë, Sören, "
        "Ulrike, Jan-Hendrik, Lena, Günther, Petra, Jörg, Franziska, Holger, Änne, Moritz, Birgit, "
        "Dr. Stefan, Leonie, Ümit, Katharina, Felix, Anja, Wolfgang, Mareike"
    ),
    last_names=words(
        "Müller-Lüdenscheidt, Weber, Schröder, von Hohenstein, Fischer, Groß, Köhler, Bäcker, "
        "Schmitz, Jäger, Hofmann, Voß, Kaya, Krüger, Lindner, Zöllner, Brandt, Götz, Sommerfeld, "
        "zur Mühlen, Pfeiffer, Dörr, Winkler, Eßer, Haas, Strauß, Berger, Königs, Thiele, Bachmann"
    ),
    cities=cities(
        """
Berlin|Berlin
Köln|Nordrhein-Westfalen
München|Bayern
Hamburg|Hamburg
Frankfurt am Main|Hessen
Lübeck|Schleswig-Holstein
Tübingen|Baden-Württemberg
Leipzig|Sachsen
""",
        offset=1,
    ),
    mobile=Numbers("0166 #######", "+49 166 #######"),
    office=Numbers("(0@) 0######", "+49 @ 0######", ("30", "221", "89", "40", "69")),
    company_words=words(
        "Nordwind, Bücher, Kranich, Auerhahn, Elbtal, Föhre, Hanse, Isar, Lärchen, Moritz & Söhne, "
        "Rheingold, Spree, Taunus, Ulmen, Wacholder, Zeder, Adler, Distel, Havel, Kiefer"
    ),
    trades=words(
        "Software, Logistik, Lebensmittel, Solartechnik, Beratung, Medizintechnik, Bau, Textil, "
        "Akademie, Versicherungsmakler, Reisen, Maschinenbau"
    ),
    forms=(" GmbH", " AG", " GmbH & Co. KG", " UG (haftungsbeschränkt)", " e.K."),
    titles=(
        "Geschäftsführer",
        "Leiterin Vertrieb",
        "Head of Procurement",
        "Prokurist",
        "Bereichsleiter Logistik",
        "IT-Leiter",
        "Teamleiterin Einkauf",
        "Gründerin & CEO",
    ),
    letters=GERMAN,
)
"""Nobody has the code 0166, and no number in a town begins with 0."""
