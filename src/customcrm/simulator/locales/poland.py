"""Poland."""

from typing import Final

from customcrm.simulator.letters.polish import POLISH
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

POLAND: Final = Locale(
    code="pl-PL",
    countries=("Poland", "Polska", "PL"),
    first_names=words(
        "Łukasz, Małgorzata, Paweł, Żaneta, Grzegorz, Świętosława, Michał, Bożena, Rafał, "
        "Agnieszka, Sławomir, Józefina, Wojciech, Magdalena, Zdzisław, Ewa, Bartłomiej, Halina, "
        "Mirosław, Katarzyna, Jędrzej, Anna, Przemysław, Dorota, Stanisław, Joanna, Tadeusz, "
        "Iwona, Krzysztof, Aleksandra"
    ),
    last_names=words(
        "Wójcik, Nowak, Dąbek, Szczęsny, Żuraw, Kaczmarek, Zając, Mazur, Kozieł, Łuczak, Sikora, "
        "Gołąb, Wróbel, Pająk, Ćwik, Brzęczyszczykiewicz, Duda, Baran, Szewczyk, Świątek, Pawlak, "
        "Walczak, Rutkowiak, Michalak, Nowakiewicz, Kołodziej, Ostrowicz, Tomczyk, Urban, Zięba"
    ),
    cities=cities(
        """
Warszawa|mazowieckie
Kraków|małopolskie
Łódź|łódzkie
Wrocław|dolnośląskie
Gdańsk|pomorskie
Poznań|wielkopolskie
Rzeszów|podkarpackie
Białystok|podlaskie
""",
        offset=1,
    ),
    mobile=Numbers("40# ### ###", "+48 40# ### ###"),
    office=Numbers("20 ### ## ##", "+48 20 ### ## ##"),
    company_words=words(
        "Bursztyn, Żubr, Dąbrowa, Łabędź, Wisła, Tatry, Jaskółka, Jesion, Kormoran, Lipa, Modrzew, "
        "Narew, Orzeł, Puszcza, Róża, Sosna, Świt, Topola, Warta, Zorza"
    ),
    trades=words(
        "Software, Logistyka, Smaki, Energia, Doradztwo, Zdrowie, Budownictwo, Odzież, Szkolenia, "
        "Ubezpieczenia, Podróże, Maszyny"
    ),
    forms=(" Sp. z o.o.", " S.A.", " sp. j.", " Sp. z o.o. Sp. k.", ""),
    titles=(
        "Prezes Zarządu",
        "Dyrektor Handlowy",
        "Kierowniczka Zakupów",
        "Właściciel",
        "Dyrektor Operacyjna",
        "Kierownik IT",
        "Specjalistka ds. marketingu",
        "Członek Zarządu",
    ),
    letters=POLISH,
)
"""No network has 40, and no town has 20."""
