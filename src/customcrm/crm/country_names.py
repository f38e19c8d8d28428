"""What countries are called: one line a country and as many names as fit, in several languages.

Taken from the locale names in `phonenumbers.geodata`, which cannot be imported for them: the import
takes seconds and 180 MB. A name that two countries share (Congo) is left out.
"""

NAMES = """
AD Andorra, Andorre
AE United Arab Emirates, Emiratos Árabes Unidos, Emirats Arabes Unis
AE Vereinigte Arabische Emirate, Emirati Arabi Uniti, Emirados Árabes Unidos
AE Unió dels Emirats Àrabs, Verenigde Arabische Emiraten, Förenade Arabemiraten
AE Zjednoczone Emiraty Arabskie, الإمارات
AF Afghanistan, Afganistán, Afeganistão
AG Antigua and Barbuda, Antigua y Barbuda, Antigua et Barbuda, Antigua und Barbuda
AG Antigua e Barbuda, Antigua en Barbuda, Antigua och Barbuda
AI Anguilla, Anguila
AL Albania, Albanie, Albanien, Shqipëria
AM Armenia, Arménie, Armenien
AO Angola
AQ Antarctica, Antártida, Antarctique, Antarktis, Antartide
AR Argentina, Argentine, Argentinien, Argentinië, Argentyna
AS American Samoa, Samoa Americana, Samoa américaines, Amerikanisch-Samoa, Samoa americane
AS Amerikaans Samoa, Amerikanska Samoa
AT Austria, Autriche, Österreich, Oostenrijk, Österrike
AU Australia, Australie, Australien
AW Aruba
AX Åland Islands, Islas Aland, Îles Åland, Aaland-Inseln, Isole Aland, Ilhas Aland
AX Alandeilanden, Åland
AZ Azerbaijan, Azerbaiyán, Azerbaïdjan, Aserbaidschan, Azerbaigian, Azerbaijão, Azerbeidzjan
AZ Azerbadjan, Azerbejdżan
BA Bosnia and Herzegovina, Bosnia y Hercegovina, Bosnie-Herzégovine, Bosnien und Herzegowina
BA Bosnia-Erzegovina, Bósnia-Herzegovina, Bòsnia i Hercegovina, Bosnië en Herzegovina
BA Bosnien och Herzegovina, Bośnia i Hercegowina
BB Barbados, Barbade
BD Bangladesh, Bangladesch, Bangla Desh, Bangladesz
BE Belgium, Bélgica, Belgique, Belgien, Belgio, België
BF Burkina Faso, Burquina Faso
BG Bulgaria, Bulgarie, Bulgarien, Bulgarije, България
BH Bahrain, Bahreïn, Bahrajn, البحرين
BI Burundi
BJ Benin
BL Saint Barthélemy, San Bartolomé, São Bartolomeu
BM Bermuda, Bermudas, Bermudes, Bermudy
BN Brunei
BO Bolivia, Bolivie, Bolivien, Boliwia
BR Brazil, Brésil, Brasilien, Brasile, Brasil, Brazilië, Brazylia
BS Bahamas, Bahames, Bahama's, Bahamy
BT Bhutan, Bután, Bhoutan, Butão
BV Bouvet Island, Isla Bouvet, Île Bouvet, Bouvet-Insel, Isola di Bouvet, Ilha Bouvet
BV Bouveteiland, Bouvetön
BW Botswana, Botsuana
BY Belarus, Bielorrusia, Biélo-Russie, Bielorussia, Wit-Rusland, Vitryssland, Białoruś
BY Беларусь
BZ Belize, Belice
CA Canada, Kanada
CC Cocos Islands, Islas Cocos, Îles Cocos, Kokos-Inseln, Isole Cocos, Ilhas Coco, Cocoseilanden
CC Cocosöarna
CD The Democratic Republic Of Congo, República Democrática del Congo
CD République démocratique du Congo, Demokratische Republik Kongo
CD Repubblica democratica del Congo, Congo-Kinshasa, Demokratiska republiken Kongo
CF Central African Republic, República Centroafricana, République Centre-Africaine
CF Zentralafrikanische Republik, Repubblica Centrafricana, República Centro-Africana
CF República Centrafricana, Centraal-Afrikaanse Republiek, Centralafrikanska republiken
CF Republika Środkowoafrykańska
CG Congo - Brazzaville
CH Switzerland, Suiza, Suisse, Schweiz, Svizzera, Suíça, Zwitserland, Szwajcaria
CI Côte d'Ivoire, Costa de Marfil, Elfenbeinküste, Costa d'Avorio, Costa do Marfim
CI Costa d'Ivori, Ivoorkust, Elfenbenskusten, Wybrzeże Kości Słoniowej
CK Cook Islands, Islas Cook, Îles Cook, Cook-Inseln, Isole Cook, Ilhas Cook, Cookeilanden
CK Cooköarna
CL Chile, Chili, Cile, Xile
CM Cameroon, Camerún, Cameroun, Kamerun, República dos Camarões, Kameroen
CN China, Chine, Xina, Kina, Chiny, 中国
CO Colombia, Colombie, Kolumbien, Kolumbia
CR Costa Rica, Kostaryka
CU Cuba, Kuba
CV Cape Verde, Cabo Verde, Cap Vert, Kap Verde, Capo Verde, Cap Verd, Kaapverdië
CV Republika Zielonego Przylądka
CW Curaçao
CX Christmas Island, Isla Christmas, Île Christmas, Weihnachtsinsel, Isola di Natale
CX Ilhas Natal, Christmaseiland, Julön
CY Cyprus, Chipre, Chypre, Zypern, Cipro, Xipre, Cypern, Cypr, Κύπρος
CZ Czech Republic, Chequia, République Tchèque, Tschechische Republik, Repubblica Ceca
CZ República Tcheca, República Txeca, Tsjechië, Tjeckiska republiken, Republika Czeska
CZ Česká republika
DE Germany, Alemania, Allemagne, Deutschland, Germania, Alemanha, Alemanya, Duitsland, Tyskland
DE Niemcy
DJ Djibouti, Yibuti, Dschibuti, Gibuti, Djibuti, Dżibuti
DK Denmark, Danemark, Danimarca, Dinamarca, Denemarken, Dania, Danmark
DM Dominica, Dominique
DO Dominican Republic, République Dominicaine, Dominikanische Republik, Repubblica Dominicana
DO República Dominicana, Dominicaanse Republiek, Dominikanska republiken, Republika Dominikany
DZ Algeria, Argelia, Algérie, Algerien, Algerije, Algeriet, الجزائر
EC Ecuador, Equateur, Equador
EE Estonia, Estonie, Estland, Eesti
EG Egypt, Egipto, Egypte, Ägypten, Egitto, Egito, Egipte, Egypten, Egipt, مصر
EH Western Sahara, Sahara Occidental, Westsahara, Sahara Occidentale, Saara Ocidental
EH Westelijke Sahara, Västra Sahara, Sahara Zachodnia
ER Eritrea, Erythrée, Eritreia, Erytrea
ES Spain, España, Espagne, Spanien, Spagna, Espanha, Espanya, Spanje, Hiszpania
ET Ethiopia, Etiopía, Ethiopie, Äthiopien, Etiopien
FI Finland, Finlandia, Finlande, Finnland, Suomi
FJ Fiji, Fiyi, Fidji, Fidschi, Figi, Fidżi
FK Falkland Islands, Islas Malvinas, Îles Malouines, Falkland-Inseln, Isole Falkland
FK Ilhas Malvinas, Falklandeilanden, Falklandsöarna
FM Micronesia, Micronésie, Mikronesien, Mikronezja
FO Faroe Islands, Islas Feroe, Îles Féroé, Färöer-Inseln, Isole Færoer, Ilhas Faroe, Faeröer
FO Färöarna
FR France, Francia, Frankreich, França, Frankrijk, Frankrike, Francja
GA Gabon, Gabun, Gabão
GB United Kingdom, Reino Unido, Royaume-Uni, Vereinigtes Königreich, Regno Unito, Regne Unit
GB Verenigd Koninkrijk, Storbritannien, Wielka Brytania
GD Grenada, Granada, Grenade
GE Georgia, Géorgie, Georgien, Gruzja
GF French Guiana, Guayana Francesa, Guyane française, Französisch-Guayana, Guayana Francese
GF Guiana Francesa, Guaiana Francesa, Frans-Guyana, Franska Guyana, Gujana Francuska
GG Guernsey, Guernesey
GH Ghana
GI Gibraltar, Gibilterra
GL Greenland, Groenlandia, Groenland, Grönland
GM Gambia, Gambie
GN Guinea, Guinée, Guiné, Gwinea
GP Guadeloupe, Guadalupe, Guadalupa, Gwadelupa
GQ Equatorial Guinea, Guinea Ecuatorial, Guinée Equatoriale, Äquatorial-Guinea
GQ Guinea Equatoriale, Guiné Equatorial, Guinea Equatorial, Equatoriaal-Guinea
GQ Ekvatorialguinea, Gwinea Równikowa
GR Greece, Grecia, Grèce, Griechenland, Griekenland, Grekland, Grecja, Ελλάδα
GS South Georgia And The South Sandwich Islands, Islas Georgia del Sur y Sandwich del Sur
GS Géorgie du Sud et îles Sandwich du Sud, Süd-Georgia und die südlichen Sandwich-Inseln
GS Georgia del sud e isole Sandwich meridionali, Geórgia do Sul e Ilhas Sandwich do Sul
GS Zuid-Georgië en Zuidelijke Sandwicheilanden, Sydgeorgien och Sydsandwichöarna
GT Guatemala
GU Guam
GW Guinea-Bissau, Guinée-Bissau, Guiné Bissau, Gwinea Bissau
GY Guyana, Guiana
HK Hong Kong, Hongkong, Hongkong SAR van China
HM Heard Island And McDonald Islands, Islas Heard y McDonald, Île Heard et îles McDonald
HM Heard- und McDonald-Inseln, Isole Heard e McDonald, Ilha Heard e Ilhas McDonald
HM Heard- en McDonaldeilanden, Heardöch McDonaldöarna
HN Honduras, Hondures
HR Croatia, Croacia, Croatie, Kroatien, Croazia, Kroatië, Chorwacja, Hrvatska
HT Haiti
HU Hungary, Hungría, Hongrie, Ungarn, Ungheria, Hongria, Hongarije, Ungern, Węgry, Magyarország
ID Indonesia, Indonésie, Indonesien, Indonezja
IE Ireland, Irlande, Irland, Irlanda, Ierland, Éire
IL Israel, Israele, Izrael, ישראל
IM Isle Of Man, Isla de Man, Ile de Man, Isola di Man, Ilha de Man
IN India, Inde, Indien, Indie, भारत
IO British Indian Ocean Territory, Territorio Británico del Océano Índico
IO Territoires britanniques de l'Océan Indien, Britische Territorien im Indischen Ozean
IO Territorio britannico dell'Oceano Indiano, Território Britânico do Oceano Índico
IO Britse Gebieden in de Indische Oceaan, Brittiska territoriet i Indiska Oceanen
IQ Iraq, Irak, Iraque, العراق
IR Iran, Irã
IS Iceland, Islandia, Islande, Island, Islanda, IJsland
IT Italy, Italia, Italie, Italien, Włochy
JE Jersey
JM Jamaica, Jamaïque, Jamaika, Giamaica, Jamajka
JO Jordan, Jordania, Jordanie, Jordanien, Giordania, الأردن
JP Japan, Japón, Giappone, Japão, Japó, Japonia, 日本
KE Kenya, Kenia, Quênia
KG Kyrgyzstan, Kirguizistán, Kirgistan, Kirghizistan, Quirguistão, Kirgizistan, Kirgizië
KG Kirgisistan
KH Cambodia, Camboya, Cambodge, Kambodscha, Cambogia, Camboja, Cambodja, Kambodża
KI Kiribati, Quiribati
KM Comoros, Komoren, Comore, Comores, Comoren, Komorerna, Komory
KN Saint Kitts And Nevis, San Cristóbal y Nieves, Saint-Christophe-et-Niévès
KN Saint Kitts und Nevis, Saint Kitts e Nevis, São Cristovão e Nevis, Saint Kitts en Nevis
KN Saint Kitts och Nevis
KP North Korea, Corea del Norte, Corée du Nord, Nordkorea, Coreia do Norte, Corea del Nord
KP Noord-Korea, Korea Północna
KR South Korea, Corea del Sur, Corée du Sud, Südkorea, Coreia do Sul, Corea del Sud, Zuid-Korea
KR Sydkorea, Korea Południowa, 대한민국
KW Kuwait, Koweit, Koeweit, Kuwejt, الكويت
KY Cayman Islands, Islas Caimán, Îles Caïmans, Kaiman-Inseln, Isole Cayman, Ilhas Caiman
KY Caymaneilanden, Caymanöarna
KZ Kazakhstan, Kazajstán, Kasachstan, Casaquistão, Kazachstan, Kazakstan, Казахстан
LA Laos, República Popular Democrática do Laos
LB Lebanon, Líbano, Liban, Libanon, لبنان
LC Saint Lucia, Santa Lucia, Sainte-Lucie, St. Lucia, Sainte Lucia
LI Liechtenstein
LK Sri Lanka
LR Liberia
LS Lesotho, Lesoto
LT Lithuania, Lituania, Lithuanie, Litauen, Litouwen, Litwa, Lietuva
LU Luxembourg, Luxemburgo, Lussemburgo, Luxemburg, Luksemburg
LV Latvia, Letonia, Lettonie, Lettland, Lettonia, Letland, Łotwa, Latvija
LY Libya, Libia, Libye, Libyen, Libië, ليبيا
MA Morocco, Marruecos, Maroc, Marokko, Marocco, Marrocos, Marroc, Marocko, المغرب
MC Monaco
MD Moldova, Moldavia, Moldavie, Moldau, Moldavien, Mołdawia
ME Montenegro
MF Saint Martin, San Martín, St. Martin, São Martinho
MG Madagascar, Madagaskar
MH Marshall Islands, Islas Marshall, Îles Marshall, Marshall-Inseln, Isole Marshall
MH Ilhas Marshall, Marshalleilanden, Marshallöarna
MK Macedonia, Macédoine, Mazedonien, Macedonië, Makedonien, Македонија
ML Mali
MM Myanmar, Mianmar [Birmânia]
MN Mongolia, Mongolie, Mongolei, Mongoliet
MO Macao, Macao SAR van China
MP Northern Mariana Islands, Islas Marianas del Norte, Îles Mariannes du Nord
MP Nördliche Mariannen-Inseln, Isole Marianne settentrionali, Ilhas Marianas do Norte
MP Noordelijke Marianeneilanden, Nordmarianerna
MQ Martinique, Martinica, Martynika
MR Mauritania, Mauritanie, Mauretanien, Mauretania
MS Montserrat
MT Malta, Malte
MU Mauritius, Mauricio, Maurice, Maurizio, Maurici
MV Maldives, Maldivas, Maldiven, Maldive, Maldiverna
MW Malawi, Malaui
MX Mexico, Mexique, Mexiko, Messico, Mèxic, Meksyk
MY Malaysia, Malasia, Malaisie, Malàisia, Maleisië, Malezja
MZ Mozambique, Mosambik, Mozambico, Moçambique, Moçambic
NA Namibia, Namibie
NC New Caledonia, Nueva Caledonia, Nouvelle-Calédonie, Neukaledonien, Nuova Caledonia
NC Nova Caledônia, Nieuw-Caledonië, Nya Kaledonien, Nowa Kaledonia
NE Niger
NF Norfolk Island, Isla Norfolk, Île Norfolk, Norfolk-Insel, Isola Norfolk, Ilha Norfolk
NF Norfolkeiland, Norfolkön
NG Nigeria
NI Nicaragua, Nikaragua
NL Netherlands, Holanda, Pays-Bas, Niederlande, Paesi Bassi, Països Baixos, Nederland
NL Nederländerna, Holandia
NO Norway, Norvège, Norwegen, Norvegia, Noruega, Noorwegen, Norge
NP Nepal
NR Nauru
NU Niue
NZ New Zealand, Nueva Zelanda, Nouvelle-Zélande, Neuseeland, Nuova Zelanda, Nova Zelândia
NZ Nova Zelanda, Nieuw-Zeeland, Nya Zeeland, Nowa Zelandia
OM Oman, Omã, سلطنة عمان
PA Panama
PE Peru, Pérou
PF French Polynesia, Polinesia Francesa, Polynésie Française, Französisch-Polynesien
PF Polinesia Francese, Frans-Polynesië, Franska Polynesien, Polinezja Francuska
PG Papua New Guinea, Papouasie-Nouvelle-Guinée, Papua-Neuguinea, Papua Nuova Guinea
PG Papua-Nova Guiné, Papua Nova Guinea, Papoea-Nieuw-Guinea, Papua Nya Guinea
PG Papua Nowa Gwinea
PH Philippines, Filipinas, Philippinen, Filippine, Filipines, Filipijnen, Filippinerna
PH Filipiny
PK Pakistan, Paquistán, Paquistão
PL Poland, Polonia, Pologne, Polen, Polska
PM Saint Pierre And Miquelon, San Pedro y Miquelón, Saint-Pierre-et-Miquelon
PM St. Pierre und Miquelon, Saint Pierre e Miquelon, Saint Pierre en Miquelon
PM Saint Pierre och Miquelon
PN Pitcairn, Islas Pitcairn
PR Puerto Rico, Porto Rico, Portoryko
PS Palestine, Palestina, Palästina, Territórios palestinos, Palestijns Gebied
PT Portugal, Portogallo, Portugalia
PW Palau, Palaos, Belau
PY Paraguay, Paraguai
QA Qatar, Katar, قطر
RE Reunion, La Réunion, Reunião
RO Romania, Rumania, Roumanie, Rumänien, Romênia, Roemenië, Rumunia
RS Serbia, Serbie, Serbien, Sérvia, Servië
RU Russia, Rusia, Russie, Russland, Rusland, Ryssland, Rosja, Россия
RW Rwanda, Ruanda
SA Saudi Arabia, Arabia Saudita, Arabie Saoudite, Saudi-Arabien, Aràbia Saudí, Saoedi-Arabië
SA Saudiarabien, Arabia Saudyjska, السعودية
SB Solomon Islands, Islas Salomón, Îles Salomon, Solomon-Inseln, Isole Solomon, Ilhas Salomão
SB Salomonseilanden, Salomonöarna
SC Seychelles, Seychellen, Seychellerna, Seszele
SD Sudan, Soudan, Sudão, Soedan, السودان
SE Sweden, Suecia, Suède, Schweden, Svezia, Zweden, Sverige, Szwecja
SG Singapore, Singapour, Cingapura, Singapur, 新加坡
SH Saint Helena, Santa Helena, Sainte-Hélène, St. Helena, Sant'Elena, Sint-Helena
SI Slovenia, Eslovenia, Slovénie, Slowenien, Slovenien, Słowenia, Slovenija
SJ Svalbard And Jan Mayen, Svalbard y Jan Mayen, Svalbard et Jan Mayen, Svalbard und Jan Mayen
SJ Svalbard e Jan Mayen, Svalbard en Jan Mayen, Svalbard och Jan Mayen
SK Slovakia, Eslovaquia, Slovaquie, Slowakei, Slovacchia, Slowakije, Slovakien, Słowacja
SK Slovenská republika
SL Sierra Leone, Sierra Leona, Serra Leoa
SM San Marino, Saint-Marin
SN Senegal
SO Somalia, Somalie
SR Suriname, Surinam
SS South Sudan, Sudán del Sur, Sud-Soudan, Südsudan, Sudan del Sud, Sydsudan
ST Sao Tome And Principe, Santo Tomé y Príncipe, Sao Tomé et Principe, Sao Tome und Principe
ST São Tomé e Principe, Sao Tomé en Principe, São Tomé och Príncipe
SV El Salvador, Salwador
SX Sint Maarten (Dutch part), San Martín (región holandesa), Saint-Martin (partie néerlandaise)
SX Sint Maarten (Niederländischer Teil), Sint Maarten (parte olandese)
SX Sint Maarten (nederländska delen)
SY Syria, Siria, Syrie, Syrien, سوريا
SZ Swaziland, Suazilandia, Swasiland, Swazilàndia, Suazi
TC Turks And Caicos Islands, Islas Turcas y Caicos, Îles Turks et Caicos
TC Turks- und Caicos-Inseln, Isole Turks e Caicos, Ilhas Turks e Caicos
TC Turks- en Caicoseilanden, Turks- och Caicosöarna
TD Chad, Tchad, Tschad, Ciad, Chade, Txad, Tsjaad, Czad
TF French Southern Territories, Territorios Franceses del Sur, Territoires Français du Sud
TF Französische Südgebiete, Territori Francesi d'Oltremare, Territórios Franceses do Sul
TF Territoris Meridionals Francesos ??, Franse Gebieden in de zuidelijke Indische Oceaan
TF Franska södra territorierna, Francuskie Terytoria Zamorskie
TG Togo
TH Thailand, Tailandia, Thaïlande, Thailandia, Tajlandia, ประเทศไทย
TJ Tajikistan, Tayikistán, Tadschikistan, Tagikistan, Tadjiquistão, Tadjikistan, Tadzjikistan
TJ Tadżykistan
TK Tokelau
TL Timor-Leste, Timor Oriental, Oost-Timor
TM Turkmenistan, Turcomenistão
TN Tunisia, Túnez, Tunisie, Tunesien, Tunesië, Tunisien, Tunezja, تونس
TO Tonga
TR Turkey, Turquía, Turquie, Türkei, Turchia, Turkije, Turkiet, Turcja, Türkiye
TT Trinidad and Tobago, Trinidad y Tobago, Trinité-et-Tobago, Trinidad und Tobago
TT Trinidad e Tobago, Trinitat i Tobago, Trinidad en Tobago, Trinidad och Tobago
TT Trynidad i Tobago
TV Tuvalu
TW Taiwan, 台湾地区
TZ Tanzania, Tanzanie, Tansania
UA Ukraine, Ucrania, Ucraina, Oekraïne, Україна
UG Uganda, Ouganda, Oeganda
UM United States Minor Outlying Islands, Islas menores alejadas de los Estados Unidos
UM Dépendances américaines du Pacifique, Übrige Inseln im Pazifik der USA
UM Isole minori lontane degli Stati Uniti, Ilhas Menores Distantes dos Estados Unidos
UM Amerikaanse kleinere afgelegen eilanden
UM Förenta staternas mindre öar i Oceanien och Västindien
US United States, Estados Unidos, Etats-Unis, Vereinigte Staaten von Amerika, Stati Uniti
US Estats Units, Verenigde Staten, Amerikas Förenta Stater, Stany Zjednoczone Ameryki
US संयुक्त राज्य अमेरिका
UY Uruguay, Uruguai
UZ Uzbekistan, Ouzbékistan, Usbekistan, Uzbequistão, Oezbekistan
VA Vatican, Ciudad del Vaticano, Vatikanstadt, Città del Vaticano, Vaticano, Vaticà
VA Vaticaanstad, Vatikanen, Watykan
VC Saint Vincent And The Grenadines, San Vicente y las Granadinas
VC Saint-Vincent-et-les Grenadines, St. Vincent und die Grenadinen, Saint Vincent e Grenadine
VC São Vicente e Granadinas, Saint Vincent en de Grenadines, Saint Vincent och Grenadinerna
VE Venezuela, Veneçuela, Wenezuela
VG British Virgin Islands, Islas Vírgenes Británicas, Iles Vierges Britanniques
VG Britische Jungferninseln, Isole Vergini (GB), Ilhas Virgens Britânicas
VG Illes Verges Britàniques, Britse Maagdeneilanden, Brittiska Virgin Islands
VG Dziewicze Wyspy Brytyjskie
VI U.S. Virgin Islands, Islas Vírgenes Americanas, Iles Vierges Américaines
VI Amerikanische Jungferninseln, Isole Vergini (USA), Ilhas Virgens dos EUA
VI Illes Verges dels USA, Amerikaanse Maagdeneilanden, Amerikanska Virgin Islands
VI Dziewicze Wyspy Stanów Zjednoczonych
VN Vietnam, Vietnã, Wietnam, Việt Nam
VU Vanuatu
WF Wallis And Futuna, Wallis y Futuna, Wallis-et-Futuna, Wallis und Futuna, Wallis e Futuna
WF Wallis en Futuna, Wallis och Futuna
WS Samoa
YE Yemen, Jemen, Iêmen, اليمن
YT Mayotte, Mayotta
ZA South Africa, Sudáfrica, Afrique du Sud, Südafrika, África do Sul, Sud-àfrica, Zuid-Afrika
ZA Sydafrika, Republika Południowej Afryki
ZM Zambia, Zambie, Sambia
ZW Zimbabwe, Zimbabue, Simbabwe
"""
"""Names in English, Spanish, French, German, Italian, Portuguese, Catalan, Dutch, Swedish, Polish
and, where known, the country's own languages: the ISO 3166 alpha-2 code, then the names."""
