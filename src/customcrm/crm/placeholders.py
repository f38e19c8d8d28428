"""Words that stand for no value: `none`, `n/a`, `unknown`, `test@test.com` (contract, Create).

Programs and people write them where a field may not be empty. As a match key each would make one
record of many, so they give no key at all. They are compared without signs and case.
"""

from functools import lru_cache

from customcrm.crm.folding import fold
from customcrm.crm.hostname import is_common_ending

_MAX_LENGTH = 60

_WORDS = """
anonimo anonym anonyme anonymous asdf asdfasdf asdfgh aucun aucune bilinmiyor blank brak default
deleted desconhecida desconhecido desconocida desconocido dummy empty entfallt error fake geen
inconnu inconnue ingen inget invalid ismeretlen ka kein keine keineangabe keiner keines khongco
leer lorem loremipsum missing na nan naodisponivel nd neant necunoscut nenhum nenhuma nessun
nessuna nessuno neznamy nichtangegeben nichtbekannt nichtvorhanden niciunul nieznane nieznany nil
nincs ningun ninguna ninguno nn noaplica noconsta nodata nodisponible noinfo noname nondisponibile
none nonrenseigne nonspecifie notapplicable notavailable notdefined notfound notgiven nothing
notprovided notset notspecified novalue null nvt okand onbekend pending placeholder qwerty
redacted sconosciuto semnome sindatos sinespecificar sininformacion sinnombre tba tbc tbd
tuntematon ukendt ukjent unbekannt undefined unknown unkown unnamed vacio xx xxx xxxx yok zadny
невідомо неизвестно неизвестный немає нет לאידוע غيرمعروف لايوجد なし 不明 无 未知 没有 無 없음
"""

_TESTS = """
beispiel ejemplo esempio essai example examples exemple exemplo prova prueba pruebas sample test
teste tester testing testtest
"""

_TEST_NAMES = """
companyname firstname fullname lastname namehere testcompany testcontact testlead testuser
yourcompany yourname
"""

_NO_EMPLOYER = """
arbeitslos autonoma autonomo freelance freelancer independent independiente selbstandig
selbststandig selfemployed unemployed
"""

_MAIL = """
anonymousemail aucunemail aucunmail brakmaila email4u emailaddress firstname firstnamelastname
geenemail geenmail ingenepost ingenmail keineemail keinemail lastname name nessunaemail
nessunamail noaddress nobody nocorreo noemail noemailaddress noemailavailable noemails nomail
noone noperson notiene notienecorreo notieneemail nouser ohneemail ohnemail pasdemail sansemail
sansmail sememail semmail sincorreo sincorreoelectronico sinemail sinmail somebody someone user
username you youremail yourmail yourname
"""
"""What stands before the `@` of an address that nobody has."""

_SITES = """
company companyname domain domainname dominio empresa localhost mycompany mydomain mywebsite
nodomain noemail nomail nosite noweb nowebsite sinweb site sitename tudominio tuempresa website
yourcompany yourdomain yoursite yourwebsite
"""
"""The names of domains that stand for no domain, before `.com` and its like."""

_SIGNS_AND_DIGITS = str.maketrans("", "", "0123456789._-+'!#$%&*/=?^`{|}~")
_NO_MAIL = ("noemail", "nomail", "sinemail", "sincorreo")
_GENERIC = frozenset({"email", "mail", "gmail"})
_SHORT = 3

_NOTHING = frozenset({*_WORDS.split(), *_TESTS.split()})
_NO_NAME = _NOTHING | frozenset(_TEST_NAMES.split())
_NO_COMPANY = _NO_NAME | frozenset(_NO_EMPLOYER.split())
_NO_MAILBOX = frozenset({*_NOTHING, *_MAIL.split()})
_NO_DOMAIN = frozenset({*_NOTHING, *_SITES.split()})
_NO_MAIL_DOMAIN = _NO_DOMAIN - frozenset(_TESTS.split())


@lru_cache(maxsize=16384)
def is_placeholder(text: str) -> bool:
    """Return whether a name stands for no name: `N/A`, `Unknown`, `-`, `test`."""
    return len(text) <= _MAX_LENGTH and _squeezed(text) in _NO_NAME


@lru_cache(maxsize=16384)
def is_no_employer(text: str) -> bool:
    """Return whether the name of a person's company names none: `n/a`, `Self-employed`."""
    return len(text) <= _MAX_LENGTH and _squeezed(text) in _NO_COMPANY


def is_placeholder_page(key: str) -> bool:
    """Return whether a LinkedIn key is that of nobody: `in/none`, `company/n-a`."""
    slug = key.partition("/")[2].replace("-", "").replace("_", "").replace(".", "")
    return not slug or slug in _NOTHING


def is_placeholder_email(key: str) -> bool:
    """Return whether an email key is the address of nobody: `none@none.com`, `noemail@acme.com`.

    A short word, such as the initials `na`, stands for nothing only at a domain that does as well.
    Any mailbox at a domain such as `noemail.com` is nobody's; at `example.com` and `test.com` only
    that of a placeholder.
    """
    local, _, host = key.partition("@")
    name = host.partition(".")[0].replace("-", "")
    word = local if local.isalpha() else local.translate(_SIGNS_AND_DIGITS)
    if len(word) > _SHORT and (word in _NO_MAILBOX or word.startswith(_NO_MAIL)):
        return True
    if name in _NO_DOMAIN and is_placeholder_host(host):
        return name in _NO_MAIL_DOMAIN or not word or word in _NO_MAILBOX | {"email", "mail", "me"}
    return local == name and (len(local) <= _SHORT or len(set(local)) == 1 or local in _GENERIC)


def is_placeholder_host(host: str) -> bool:
    """Return whether a host name is that of no company: `example.com`, `none.com`.

    `acme.example` is as good as any other: only a placeholder right before `.com` and its like, or
    before the ending of a country, is one.
    """
    name, _, ending = host.partition(".")
    return name.replace("-", "") in _NO_DOMAIN and is_common_ending(ending)


def _squeezed(text: str) -> str:
    """The letters and digits of a text, folded; `-` where there are none."""
    return fold(text).replace(" ", "") or "none"
