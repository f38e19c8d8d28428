"""The United Kingdom."""

from typing import Final

from customcrm.simulator.letters.english import ENGLISH
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

BRITAIN: Final = Locale(
    code="en-GB",
    countries=("United Kingdom", "UK", "GB"),
    first_names=words(
        "Siân, Nigel, Aoife, Alistair, Zara, Rhys, Imogen, Callum, Poppy, Gareth, Niamh, Rupert, "
        "Saoirse, Angus, Harriet, Declan, Priti, Euan, Tamsin, Kwame, Fiona, Barnaby, Ayesha, "
        "Graham, Eleanor, Lewis, Bronwen, Hamish, Philippa, Olu"
    ),
    last_names=words(
        "Fitzgerald-Jones, O'Brien, MacDonald, Hughes, Clarke, Ashworth, Ap Rhys, Begum, Campbell, "
        "Davies, Featherstonehaugh, Griffiths, Hargreaves, Iqbal, Kaur, Llewellyn, McKenzie, "
        "Nkemelu, Pritchard, Radcliffe, Singh, Tattersall, Underwood, Whittaker, Yorke, Adeyemi, "
        "Blackwood, Cholmondeley, Drummond, Ellsworth"
    ),
    cities=cities(
        """
London|Greater London
Manchester|England
Edinburgh|Scotland
Caerdydd|Wales
Belfast|Northern Ireland
Bristol|England
Leeds|West Yorkshire
Bury St Edmunds|Suffolk
""",
        offset=0,
    ),
    mobile=Numbers("07700 9#####", "+44 7700 9#####"),
    office=Numbers("01632 ######", "+44 (0)1632 ######"),
    company_words=words(
        "Albion, Bramble, Copperfield, Dovetail, Elderflower, Foxglove, Greystone, Heather, "
        "Ivybridge, Kestrel, Larkspur, Marmalade, Northgate, Oakham, Pennine, Quill & Ink, "
        "Rookery, "
        "Saltmarsh, Thistle, Wren"
    ),
    trades=words(
        "Systems, Haulage, Provisions, Renewables, Consulting, Healthcare, Construction, "
        "Tailoring, "
        "Training, Insurance Brokers, Tours, Engineering"
    ),
    forms=(" Ltd", " Ltd.", " PLC", " LLP", " Limited"),
    titles=(
        "Managing Director",
        "Head of Sales",
        "Finance Director",
        "Procurement Lead",
        "Operations Manager",
        "CTO & Co-founder",
        "Marketing Manager",
        "Company Secretary",
    ),
    letters=ENGLISH,
)
"""01632 is no town, and 07700 9 is kept for films: few, so that not everybody has a mobile."""
