"""The United Arab Emirates."""

from typing import Final

from customcrm.simulator.letters.arabic import ARABIC
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

EMIRATES: Final = Locale(
    code="ar-AE",
    countries=("United Arab Emirates", "الإمارات العربية المتحدة", "AE"),
    first_names=words(
        "محمد/Mohammed, فاطمة/Fatima, أحمد/Ahmed, مريم/Maryam, خالد/Khalid, نورة/Noura, "
        "سعيد/Saeed, عائشة/Aisha, عبد الله/Abdullah, ليلى/Layla, يوسف/Yousef, هند/Hind, "
        "راشد/Rashid, سلمى/Salma, عمر/Omar, ريم/Reem, حمد/Hamad, دانة/Dana, طارق/Tariq, "
        "شيخة/Shaikha, زايد/Zayed, أمل/Amal, ماجد/Majid, هدى/Huda"
    ),
    last_names=words(
        "الأحمد/Al-Ahmad, المنصوري/Al-Mansoori, الهاشمي/Al-Hashimi, الشامسي/Al-Shamsi, "
        "السويدي/Al-Suwaidi, الكعبي/Al-Kaabi, المهيري/Al-Muhairi, الزعابي/Al-Zaabi, "
        "النعيمي/Al-Nuaimi, الفلاسي/Al-Falasi, القاسمي/Al-Qasimi, الظاهري/Al-Dhaheri, "
        "حداد/Haddad, خوري/Khoury, منصور/Mansour, درويش/Darwish, سليمان/Suleiman, "
        "الرميثي/Al-Rumaithi, البلوشي/Al-Balushi, العامري/Al-Ameri"
    ),
    cities=cities(
        """
دبي/Dubai|دبي
أبوظبي/Abu Dhabi|أبوظبي
الشارقة/Sharjah|الشارقة
العين/Al Ain|أبوظبي
عجمان/Ajman|عجمان
رأس الخيمة/Ras Al Khaimah|رأس الخيمة
الفجيرة/Fujairah|الفجيرة
أم القيوين/Umm Al Quwain|أم القيوين
""",
        offset=4,
    ),
    mobile=Numbers("05@ 0## ####", "+971 5@ 0## ####", ("0", "2", "5", "6")),
    office=Numbers("0@ 0## ####", "+971 @ 0## ####", ("2", "4", "6")),
    company_words=words(
        "النخيل/Nakheel, النور/Noor, الواحة/Waha, الصقر/Saqr, الفجر/Fajr, اللؤلؤ/Lulu, "
        "الياسمين/Yasmeen, المها/Maha, الأفق/Ufuq, الخليج/Khaleej, السدر/Sidr, القمة/Qimma, "
        "الريحان/Rayhan, الموج/Mawj, البدر/Badr, الغاف/Ghaf, الشروق/Shorouq, الندى/Nada, "
        "الرمال/Rimal, السحاب/Sahab"
    ),
    trades=words(
        "للبرمجيات/Software, للشحن/Shipping, للأغذية/Foods, للطاقة/Energy, للاستشارات/Consulting, "
        "للرعاية الصحية/Healthcare, للمقاولات/Contracting, للأزياء/Fashion, للتعليم/Education, "
        "للتأمين/Insurance, للسياحة/Tourism, للمعدات/Equipment"
    ),
    forms=(" ذ.م.م", " L.L.C", " FZ-LLC", ""),
    titles=(
        "الرئيس التنفيذي",
        "مدير المبيعات",
        "مديرة المشتريات",
        "مؤسس الشركة",
        "مدير العمليات",
        "Head of IT",
        "مديرة التسويق",
        "شريك إداري",
    ),
    letters=ARABIC,
    company_name="شركة {word} {trade}",
    right_to_left=True,
)
"""No number after the code of a network or an emirate begins with 0."""
