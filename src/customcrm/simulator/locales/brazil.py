"""Brazil."""

from typing import Final

from customcrm.simulator.letters.portuguese import PORTUGUESE
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

_AREAS: Final = ("11", "21", "31", "41", "51", "71", "81", "85")

BRAZIL: Final = Locale(
    code="pt-BR",
    countries=("Brazil", "Brasil", "BR"),
    first_names=words(
        "João Pedro, Thaís, Antônio, Conceição, Luís Otávio, Júlia, Cauã, Débora, Flávio, Letícia, "
        "Márcio, Vitória, Sebastião, Yasmin, Caio, Simone, Rogério, Tainá, Edson, Bruna, Vinícius, "
        "Aparecida, Wesley, Camila, Leandro, Patrícia, Murilo, Jéssica, Renan, Lívia"
    ),
    last_names=words(
        "da Silva, Araújo, dos Santos, Gonçalves, Magalhães, de Assunção, Teixeira, Brandão, "
        "Conceição "
        "Lima, Falcão, Barros, Siqueira, Nakashima, Cavalcanti, Guimarães, Nascimento, Paixão, "
        "Queiroz, Rezende, Tavares, Uchôa, Vasconcelos, Weiss, Xavier, Zanetti, Bittencourt, "
        "Carvalho, Damasceno, Figueiredo, Leitão"
    ),
    cities=cities(
        """
São Paulo|SP
Rio de Janeiro|RJ
Belo Horizonte|MG
Curitiba|PR
Porto Alegre|RS
Salvador|BA
Recife|PE
Maceió|AL
""",
        offset=-3,
    ),
    mobile=Numbers("(@) 90###-####", "+55 @ 90###-####", _AREAS),
    office=Numbers("(@) 1###-####", "+55 (@) 1###-####", _AREAS),
    company_words=words(
        "Ipê, Jabuticaba, Arara, Buriti, Cajá, Dendê, Embaúba, Figueira, Guará, Jatobá, Lajedo, "
        "Maracujá, Nascente, Onça-Pintada, Piauí, Quaresmeira, Sabiá, Tucano, Umbu, Xingu"
    ),
    trades=words(
        "Tecnologia, Transportes, Alimentos, Energia Solar, Consultoria, Saúde, Engenharia, "
        "Confecções, Educação, Seguros, Turismo, Máquinas"
    ),
    forms=(" Ltda.", " S.A.", " Ltda", " EIRELI", " ME"),
    titles=(
        "Diretor Executivo",
        "Gerente Comercial",
        "Coordenadora de Compras",
        "Sócia-fundadora",
        "Diretora de Operações",
        "Gerente de TI",
        "Head de Marketing 🚀",
        "Proprietário",
    ),
    letters=PORTUGUESE,
)
"""Mobile numbers do not begin with 90, nor landlines with 1."""
