"""France."""

from typing import Final

from customcrm.simulator.letters.french import FRENCH
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

FRANCE: Final = Locale(
    code="fr-FR",
    countries=("France", "FRANCE", "FR"),
    first_names=words(
        "Chloé, Jean-Baptiste, Maëlys, Étienne, Aïcha, François, Noémie, Loïc, Hélène, Raphaël, "
        "Océane, Gaël, Anaïs, Thibault, Solène, Benoît, Fanny, Mickaël, Clémence, Rémi, Éloïse, "
        "Yannick, Agnès, Cédric, Margaux, Stéphane, Inès, Guillaume, Léa, Hervé"
    ),
    last_names=words(
        "Dubois, Lefèvre, d'Aubigné, Moreau, Garçon, Le Goff, Bérenger, Chevalier, de La Tour, "
        "Gauthier, Hervé-Martin, Joly, Lemaître, Mercier, N'Diaye, Olivier, Perrin, Quéméneur, "
        "Rousseau, Thévenet, Vasseur, Benali, Charpentier, Desprès, Fontaine, Guérin, Lacroix, "
        "Marchand, Poirier, Boulanger"
    ),
    cities=cities(
        """
Paris|Île-de-France
Lyon|Auvergne-Rhône-Alpes
Nîmes|Occitanie
Saint-Étienne|Auvergne-Rhône-Alpes
Besançon|Bourgogne-Franche-Comté
Lille|Hauts-de-France
Nantes|Pays de la Loire
Strasbourg|Grand Est
""",
        offset=1,
    ),
    mobile=Numbers("07 1# ## ## ##", "+33 7 1# ## ## ##"),
    office=Numbers("01 99 ## ## ##", "+33 1 99 ## ## ##"),
    company_words=words(
        "Mistral, Société du Thé, Alouette, Bruyère, Cévenne, Dordogne, Étoile, Fougère, "
        "Garrigue, Hirondelle, L'Orée, Lavandin, Mélèze, Noisetier, Orme, Pivoine, Romarin, Sapin, "
        "Tilleul, Vallée"
    ),
    trades=words(
        "Logiciels, Logistique, Saveurs, Énergies, Conseil, Santé, Bâtiment, Textile, Formation, "
        "Assurances, Voyages, Mécanique"
    ),
    forms=(" SAS", " SARL", " S.A.", " SASU", ""),
    titles=(
        "Directeur Général",
        "Présidente",
        "Directrice Commerciale",
        "Responsable des achats",
        "Chargé d'affaires",
        "DSI",
        "Directeur des opérations",
        "Cofondatrice",
    ),
    letters=FRENCH,
)
"""019900 is reserved for films; 071 and the rest of 0199 are not given out."""
