"""Which domains many share: by a maintained list, by public suffix, and by the name before it."""

import pytest

from customcrm.crm.domain import page_of
from customcrm.crm.shared_domains import is_shared

SHARED = """
gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.com.br yahoo.co.jp yahoo.gr hotmail.com
hotmail.co.il hotmail.se live.nl outlook.com.ar msn.cn gmx.at gmx.net web.de mail.de mail.ru
freenet.de t-online.de chello.at chello.pl nate.com naver.com hanmail.net qq.com 163.com
orange.fr wanadoo.es free.fr laposte.net libero.it virgilio.it terra.com.br uol.com.br
seznam.cz wp.pl o2.pl abv.bg telenet.be skynet.be bluewin.ch btinternet.com comcast.net
icloud.com proton.me protonmail.ch tutanota.com zoho.eu mailinator.com etsy.com amazon.com
amazon.de amazon.co.uk amazon.com.mx ebay.fr play.google.com docs.google.com apps.apple.com
patreon.com eventbrite.com eventbrite.es wixsite.com wordpress.com blogspot.com github.io
myshopify.com netlify.app linkedin.com es.linkedin.com m.facebook.com facebook.com
instagram.com x.com youtube.com linktr.ee medium.com substack.com yelp.de tripadvisor.es
booking.com airbnb.it shop.etsy.com
"""

OWN = """
acme.com acme.co.uk acme.de shop.acme.com ibm.com google.com microsoft.com apple.com bbc.co.uk
acme.example acme.wixsite.com acme.wordpress.com acme.blogspot.com acme.github.io
acme.myshopify.com acme.substack.com acme.netlify.app max.com notgmail.com yahoo.example
amazon.acme.com mailbox-design.com gmailers.com
"""


@pytest.mark.parametrize("host", SHARED.split())
def test_it_is_shared(host: str) -> None:
    assert is_shared(host)


@pytest.mark.parametrize("host", OWN.split())
def test_it_is_a_companys_own(host: str) -> None:
    assert not is_shared(host)


@pytest.mark.parametrize(
    "address",
    [
        "acme.com",
        "acme.com/",
        "https://acme.com/en",
        "acme.com/us/",
        "acme.com/de-CH",
        "acme.com/en_US/home.aspx",
        "acme.com/about",
        "acme.com/about-us/index.html",
        "acme.com/contacto",
        "acme.com/spain",
        "acme.com/uber-uns",
        "acme.com/über-uns",
        "acme.com?utm=/a/b",
        "acme.com#/x/y",
        "acme.com/quienes-somos",
        "acme.com/en/products/",
        "acme.com/index.php?id=7",
        "http:\\\\acme.com\\about",
        "acme.com/Home",
        "acme.com/%C3%BCber-uns",
    ],
)
def test_a_language_a_country_and_usual_pages_are_no_page_of_its_own(address: str) -> None:
    assert page_of(address) == ""


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("etsy.com/shop/oak", "/shop/oak"),
        ("https://x.com/Acme", "/acme"),
        ("acme.com/stores/oak?x=1", "/stores/oak"),
        ("acme.com/en/dealers/elm#top", "/en/dealers/elm"),
        ("youtube.com/@acme", "/@acme"),
        ("acme.com/~bob", "/~bob"),
        ("acme.com//a1b2", "/a1b2"),
        ("sites.google.com/view/acme", "/view/acme"),
        ("acme.com/about/jane-doe", "/about/jane-doe"),
        ("acme.com/12345", "/12345"),
    ],
)
def test_what_else_follows_the_host_is_a_page_of_its_own(address: str, page: str) -> None:
    assert page_of(address) == page


@pytest.mark.parametrize(
    "value", [None, 7, [], {}, "", " ", "\ud800", "x" * 5000, "/" * 4000, "a/" * 2000]
)
def test_odd_values_have_no_page_or_one_in_no_time(value: object) -> None:
    assert isinstance(page_of(value), str)
