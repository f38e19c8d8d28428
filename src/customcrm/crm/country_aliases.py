"""What people call countries beside their names: everyday names and alpha-3 codes."""

ALIASES = """
AE UAE, U.A.E., Emirates, ARE
AR ARG
AT AUT
AU AUS
BA Bosnia, Bosnia & Herzegovina
BE BEL
BG BGR
BR BRA
BY Belorussia
CA CAN
CD DRC, DR Congo, Congo-Kinshasa, COD
CH CHE, Schweizerische Eidgenossenschaft
CI Ivory Coast, Cote d'Ivoire
CL CHL
CN PRC, Mainland China, People's Republic of China, CHN
CO COL
CR CRI
CV Cabo Verde
CY CYP
CZ Czechia, Czech Republic, Chequia, Tschechien, Tchéquie, Cechia, Txèquia, Tjeckien, Česko, CZE
DE DEU, Alemanya, Federal Republic of Germany
DK DNK
DO República Dominicana, DOM
DZ DZA
EC ECU
EE EST
EG EGY
ES ESP
FI FIN
FR FRA
GB UK, U.K., Great Britain, Britain, England, Scotland, Wales, Northern Ireland, Inglaterra, GBR
GB Gran Bretaña, Großbritannien, Grande-Bretagne, Gran Bretagna, Grã-Bretanha, Anglaterra
GB Angleterre, Inghilterra, Escocia, Schottland, Schotland, Engeland, Gales, Irlanda del Norte
GR GRC, Hellas
HK Hong Kong SAR, Hong Kong, HKG
HR HRV
HU HUN
ID IDN
IE IRL, Republic of Ireland, Eire, Éire
IL ISR
IN IND, Bharat
IR Islamic Republic of Iran
IS ISL
IT ITA
JP JPN, Nippon
KE KEN
KR Korea, Republic of Korea, Corea, Corée, KOR
LA Lao
LT LTU
LU LUX
LV LVA
MA MAR
MD Republic of Moldova, Moldavia
MK North Macedonia, Macedonia del Norte, Nordmazedonien
MM Burma
MO Macau, Macao SAR
MT MLT
MX MEX, Méjico
MY MYS
NG NGA
NL Holland, Netherlands, Holanda, Hollande, Olanda, Nederland, Niederlande, Países Bajos, NLD
NL Pays-Bas, Paesi Bassi, Países Baixos, Països Baixos
NO NOR
NZ NZL, Aotearoa
PE PER
PH PHL
PK PAK
PL POL
PR PRI
PS Palestine
PT PRT
RO ROU
RS SRB
RU Russian Federation, RUS
SA KSA, SAU
SE SWE
SG SGP
SI SVN
SK Slovak Republic, SVK
SZ Eswatini
TH THA
TL Timor-Leste
TN TUN
TR Turkiye, Türkiye, TUR
TW Taiwan ROC, TWN
TZ Tanzania
UA UKR
US USA, U.S.A., U.S., America, United States of America, EEUU, EE. UU., EE UU, EUA, E.U.A.
US États-Unis d'Amérique, Estados Unidos de América, Estados Unidos da América
US Vereinigte Staaten, Stati Uniti d'America, Verenigde Staten van Amerika, Stany Zjednoczone
UY URY
VA Vatican, Vatican City
VE VEN
VN Viet Nam, VNM
XK Kosovo
ZA ZAF, RSA, Sudáfrica
"""
"""The ISO 3166 alpha-2 code, then the names, a line at a time."""
