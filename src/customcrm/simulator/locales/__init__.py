"""The countries that leads come from."""

from typing import Final

from customcrm.simulator.locales.america import AMERICA
from customcrm.simulator.locales.brazil import BRAZIL
from customcrm.simulator.locales.britain import BRITAIN
from customcrm.simulator.locales.emirates import EMIRATES
from customcrm.simulator.locales.france import FRANCE
from customcrm.simulator.locales.germany import GERMANY
from customcrm.simulator.locales.israel import ISRAEL
from customcrm.simulator.locales.japan import JAPAN
from customcrm.simulator.locales.locale import Locale
from customcrm.simulator.locales.poland import POLAND
from customcrm.simulator.locales.spain import SPAIN
from customcrm.simulator.locales.sweden import SWEDEN

LOCALES: Final[tuple[Locale, ...]] = (
    SPAIN,
    AMERICA,
    BRITAIN,
    GERMANY,
    FRANCE,
    BRAZIL,
    POLAND,
    SWEDEN,
    JAPAN,
    ISRAEL,
    EMIRATES,
)

MARKET: Final[tuple[Locale, ...]] = (
    SPAIN, AMERICA, FRANCE, GERMANY, BRITAIN, SPAIN, POLAND, AMERICA, BRAZIL, SWEDEN, SPAIN,
    JAPAN, GERMANY, FRANCE, AMERICA, BRITAIN, SPAIN, ISRAEL, GERMANY, BRAZIL, EMIRATES, AMERICA,
    FRANCE, POLAND, BRITAIN, SWEDEN,
)  # fmt: skip
"""Where every 26 companies are."""
