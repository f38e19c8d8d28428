"""The United States."""

from typing import Final

from customcrm.simulator.letters.english import ENGLISH
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

_MOBILE_AREAS: Final = (
    "205", "213", "216", "305", "313", "407", "412", "410", "503", "512", "515", "603", "614",
    "617", "703", "713", "720", "804", "816", "919",
)  # fmt: skip
_OFFICE_AREAS: Final = (
    "212", "214", "303", "312", "404", "408", "415", "501", "504", "513", "602", "612", "615",
    "702", "704", "718", "801", "813", "901", "952",
)  # fmt: skip

AMERICA: Final = Locale(
    code="en-US",
    countries=("United States", "USA", "US"),
    first_names=words(
        "John, Emily, Tyrone, Jennifer, Mike, Ashley, DeShawn, Kate, Brandon, Priya, Kyle, "
        "Maria-Elena, Chris, Lakshmi, Josh, Amanda, J.P., Brittany, Wei, Samantha, Trevor, Nicole, "
        "Bob, Destiny, Alexander, Grace, Duc, Megan, Carlos, Rebecca"
    ),
    last_names=words(
        "Smith, O'Malley, Johnson, Nguyen, Washington, Rodriguez, Kowalsky, McAllister, Patel, "
        "Lee, "
        "Van Dyke, Goldberg, Tran, Anderson, St. James, Jackson Jr., Miller, Ramirez, Thompson "
        "III, "
        "Cho, DiMaggio, Baker, Hernandez-Cole, Whitfield, Chang, Murphy, Okafor, Reyes, Sullivan, "
        "Bennett"
    ),
    cities=cities(
        """
New York|NY|-5
Austin|TX|-6
San Francisco|CA|-8
Boston|MA|-5
Denver|CO|-7
Chicago|IL|-6
Seattle|WA|-8
Miami|FL|-5
""",
        offset=-5,
    ),
    mobile=Numbers("(@) 555-####", "+1 @-555-####", _MOBILE_AREAS),
    office=Numbers("@.555.####", "+1 (@) 555-####", _OFFICE_AREAS),
    company_words=words(
        "Bluepeak, Redwood, Lumen, Granite, Tom & Jerry's, Halcyon, Summit, Juniper, Ironclad, "
        "Maplewood, North Fork, Orbital, Pioneer, Quanta, Riverbend, Sagebrush, Tallgrass, Vertex, "
        "Wildcat, Yellowstone"
    ),
    trades=words(
        "Software, Freight, Foods, Solar, Advisors, Health, Builders, Apparel, Learning, "
        "Insurance Group, Travel, Machine Works"
    ),
    forms=(", Inc.", " LLC", " Corp.", ", Inc", " Co."),
    titles=(
        "CEO",
        "VP, Sales & Marketing",
        "Head of Growth 📈",
        "Director of Procurement",
        "Founder",
        "Chief Technology Officer",
        "Sr. Operations Manager",
        "Owner / Operator",
    ),
    letters=ENGLISH,
)
"""Of the exchange 555, those from 0100 to 0199 are reserved for films, and hardly any other is
given out."""
