"""Spain."""

from typing import Final

from customcrm.simulator.letters.spanish import SPANISH
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

SPAIN: Final = Locale(
    code="es-ES",
    countries=("Spain", "España", "ES"),
    first_names=words(
        "José, Lucía, Pablo, Inés, Álvaro, María del Carmen, Íñigo, Begoña, Javier, Núria, Sergio, "
        "Concepción, Raúl, Marta, Andrés, Elena, Joaquín, Beatriz, Óscar, Rocío, Jordi, Itziar, "
        "Miguel Ángel, Sofía, Hugo, Carmen, Adrián, Paloma, Xabier, Ainhoa"
    ),
    last_names=words(
        "García Márquez, Fernández, de la Peña, Núñez, López Ortega, Sánchez, Etxeberria, Ibáñez, "
        "Moreno, Muñoz, Ruiz, Castaño, Giménez, Vázquez, Serrano, Puig i Soler, Molina, Ordóñez, "
        "Rubio, Iglesias, Cañizares, Ferrer, Aguirre, Quiñones, Domínguez, Herrera, Pascual, "
        "Zubizarreta, Villanueva, Calderón, Marín, Prieto"
    ),
    cities=cities(
        """
Madrid|Comunidad de Madrid
Barcelona|Cataluña
Málaga|Andalucía
València|Comunitat Valenciana
Bilbao|Euskadi
A Coruña|Galicia
Logroño|La Rioja
Las Palmas|Canarias|0
""",
        offset=1,
    ),
    mobile=Numbers("79# ## ## ##", "+34 79# ## ## ##"),
    office=Numbers("89# ### ###", "+34 89# ### ###"),
    company_words=words(
        "Almendro, Ñandú, Brisa, Cantábrico, Duero, Encina, Faro, Guadiana, Horizonte, Iberis, "
        "Jacaranda, Lumbre, Mirador, Nácar, Olivar, Peñón, Quijote, Ribera, Serranía, Tramontana"
    ),
    trades=words(
        "Software, Logística, Alimentación, Energías, Consultores, Salud, Construcciones, Moda, "
        "Formación, Seguros, Viajes, Maquinaria"
    ),
    forms=(", S.L.", " S.A.", ", S.L.U.", " SL", ""),
    titles=(
        "Directora General",
        "CEO & Fundador",
        "Director Comercial",
        "Responsable de Compras",
        "Jefa de Operaciones",
        "Director de Tecnología (CTO)",
        "Responsable de Marketing",
        "Gerente",
    ),
    letters=SPANISH,
)
"""Mobile numbers do not go up to 79; no province has 89."""
