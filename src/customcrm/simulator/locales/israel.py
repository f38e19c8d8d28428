"""Israel."""

# ruff: noqa: RUF001 - Hebrew letters are no mistaken Latin ones

from typing import Final

from customcrm.simulator.letters.hebrew import HEBREW
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

ISRAEL: Final = Locale(
    code="he-IL",
    countries=("Israel", "ישראל", "IL"),
    first_names=words(
        "דוד/David, נועה/Noa, אבי/Avi, תמר/Tamar, יוסי/Yossi, שירה/Shira, איתי/Itai, מיכל/Michal, "
        "רון/Ron, עדי/Adi, אורי/Uri, יעל/Yael, משה/Moshe, ליאת/Liat, גיל/Gil, הילה/Hila, "
        "עומר/Omer, דנה/Dana, אסף/Asaf, רותם/Rotem, אלון/Alon, מאיה/Maya, ניר/Nir, אורלי/Orly"
    ),
    last_names=words(
        "כהן/Cohen, לוי/Levi, מזרחי/Mizrahi, פרץ/Peretz, ביטון/Biton, דהן/Dahan, אברהם/Avraham, "
        "פרידמן/Friedman, מלכה/Malka, אזולאי/Azoulay, כץ/Katz, גבאי/Gabay, עמר/Amar, חדד/Hadad, "
        "בן דוד/Ben-David, שפירא/Shapira, רוזנברג/Rosenberg, אוחיון/Ohayon, סגל/Segal, "
        "ברק/Barak, גולן/Golan, הראל/Harel, שרון/Sharon, וייס/Weisz"
    ),
    cities=cities(
        """
תל אביב/Tel Aviv|מחוז תל אביב
חיפה/Haifa|מחוז חיפה
ירושלים/Jerusalem|מחוז ירושלים
הרצליה/Herzliya|מחוז תל אביב
באר שבע/Beer Sheva|מחוז הדרום
נתניה/Netanya|מחוז המרכז
רעננה/Raanana|מחוז המרכז
אילת/Eilat|מחוז הדרום
""",
        offset=2,
    ),
    mobile=Numbers("05@-0######", "+972 5@-0######", ("0", "2", "4")),
    office=Numbers("0@-0######", "+972 @-0######", ("3", "4", "9")),
    company_words=words(
        "אורן/Oren, ארז/Erez, גלבוע/Gilboa, דקל/Dekel, הדר/Hadar, זית/Zayit, חרמון/Hermon, "
        "יסמין/Yasmin, כרמל/Carmel, לבונה/Levona, מרחב/Merhav, נחל/Nahal, סלע/Sela, ערבה/Arava, "
        "פסגה/Pisga, צבר/Tzabar, קשת/Keshet, רימון/Rimon, שקד/Shaked, תבור/Tavor"
    ),
    trades=words(
        "תוכנה/Software, לוגיסטיקה/Logistics, מזון/Foods, אנרגיה/Energy, ייעוץ/Consulting, "
        "בריאות/Health, בנייה/Construction, אופנה/Fashion, הדרכה/Learning, ביטוח/Insurance, "
        "תיירות/Travel, מכונות/Machines"
    ),
    forms=(" בע״מ", " Ltd.", ""),
    titles=(
        "מנכ״ל",
        "סמנכ״לית שיווק",
        "מנהל רכש",
        "מייסדת ומנכ״לית",
        "סמנכ״ל תפעול",
        "CTO",
        "מנהלת מכירות",
        "מנהל פיתוח עסקי",
    ),
    letters=HEBREW,
    weekend=frozenset({4, 5}),
    right_to_left=True,
)
"""No number after the code of a network or a town begins with 0."""
