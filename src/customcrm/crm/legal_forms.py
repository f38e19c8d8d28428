"""The legal forms of companies, folded, that a company's name key leaves out (contract, Sync)."""

# One word each.
_WORDS = """
ab ag aps as asa bhd bv bvba co company corp corporation cvba dac dd doo eeig ehf eireli eirl ek
eood epe eurl ev fzco fze gbr gesmbh ggmbh gk gmbh hf ike inc incorporated jdoo jsc kft kg kgaa kk
lda limitada limited limitee llc lllp llp lp ltd ltda ltee mbh nv nyrt ohg ood ooo ou oy oyj pjsc
plc pllc pte pty pvt sa sab sal sapi sarl sarlu sas sasu sau sca sccl scrl scs sdn se sia sicav sl
sll slne slp slu snc spa sprl spzoo srl srls sro tbk uab ug ulc unlimited wll yk zrt
зао пао тов тоо еоод оод αε επε ικε
株 有 주 유
"""

# Russian forms that look Latin: here in Latin letters, to tell them from the Latin ones.
_CYRILLIC = tuple(
    form.translate({ord("o"): "\u043e", ord("a"): "\u0430"}) for form in ("ooo", "oao", "ao")
)

# Of several words, as `fold` leaves them.
_PHRASES = (
    "de cv",
    "de rl",
    "limited company",
    "limited liability company",
    "limited liability partnership",
    "ltd sti",
    "private limited",
    "public limited company",
    "s a rl",
    "s coop",
    "s de r l",
    "s de rl",
    "s en c",
    "sociedad anonima",
    "sociedad limitada",
    "sociedade anonima",
    "societe anonyme",
    "sp j",
    "sp k",
    "sp z o o",
    "sp z oo",
    "sp zoo",
    "spol s ro",
    "spol s r o",
    "spol sro",
    "unipessoal lda",
)

_LEADING = "зао пао тов тоо pt uab sia 株 有 주 유"

# Written apart (`S. L.`, `A/S`) these fold to single letters. Not so the likes of `ab`: Plan A, B.
_LETTERS = "as bv doo kk llc llp nv plc sa sarl sas sau sl slu spa srl sro"


def _spaced(word: str) -> str:
    return " ".join(word)


UNSPACED_FORMS = (
    "株式会社",
    "有限会社",
    "合同会社",
    "주식회사",
    "유한회사",
    "股份有限公司",
    "有限责任公司",
    "有限責任公司",
    "股份公司",
    "有限公司",
)
"""Forms that are written in one word with the name, on either side of it, the longer one first."""

LEGAL_FORMS = frozenset(
    {
        *_WORDS.split(),
        *_CYRILLIC,
        *_PHRASES,
        *UNSPACED_FORMS,
        *(_spaced(word) for word in _LETTERS.split()),
    }
)
"""Forms that end a name."""

LONGEST_FORM = max(len(form.split()) for form in LEGAL_FORMS)
"""Words in the longest form."""

LEADING_FORMS = frozenset({*_CYRILLIC, *UNSPACED_FORMS, *_LEADING.split()})
"""Forms that may also begin a name."""
