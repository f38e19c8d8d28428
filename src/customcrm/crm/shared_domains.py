"""Domains that many people or companies share, so they identify no company (contract, Sync)."""

_TLDS = """
com co.uk es fr de it nl be at ch se no dk fi ie pt pl cz gr hu ro ru ca com.au com.br com.mx
com.ar com.co com.pe cl co.in in co.jp jp co.kr com.sg com.hk com.tw com.tr com.vn com.ph co.id
co.th co.za co.nz com.my
"""

_MAIL_IN_MANY_COUNTRIES = ("hotmail", "live", "outlook", "yahoo", "ymail", "msn", "gmx", "yandex")

_MAIL = """
126.com 139.com 163.com 188.com 1und1.de aim.com alice.it aliceadsl.fr aol.co.uk aol.com aol.de
aol.es aol.fr arcor.de aruba.it att.net bellsouth.net bigpond.com bk.ru bluewin.ch bol.com.br
btinternet.com centrum.cz charter.net comcast.net cox.net daum.net docomo.ne.jp duck.com
earthlink.net email.com email.it ezweb.ne.jp fastmail.com fastmail.fm foxmail.com free.fr
freemail.hu freenet.de gmail.com gmx.net gmx.org googlemail.com hanmail.net hey.com home.nl
hushmail.com icloud.com ig.com.br inbox.com inbox.lv inbox.ru interia.pl internode.on.net juno.com
kpnmail.nl laposte.net libero.it list.ru mac.com mail.com mail.ee mail.ru mailfence.com
mailinator.com me.com mozmail.com naver.com neuf.fr ntlworld.com o2.pl onet.pl online.de online.no
op.pl optonline.net optusnet.com.au orange.fr passport.com planet.nl pm.me posteo.de
privaterelay.appleid.com proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com
rocketmail.com rogers.com sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sina.cn sina.com
skynet.be sohu.com sympatico.ca t-online.de talktalk.net telefonica.net telenet.be telus.net
terra.com.br terra.es tin.it tiscali.it tuta.com tutamail.com tutanota.com tutanota.de ukr.net
uol.com.br verizon.net virgilio.it virginmedia.com vtxmail.ch walla.co.il wanadoo.es wanadoo.fr
web.de wp.pl xs4all.nl xtra.co.nz ya.ru yeah.net ziggo.nl zoho.com zohomail.com
"""

_PLATFORMS = """
about.me angel.co bit.ly calendly.com crunchbase.com discord.com discord.gg docs.google.com
drive.google.com facebook.com fb.com fb.me forms.gle g.page github.com gitlab.com glassdoor.com
goo.gl instagram.com linkedin.com linktr.ee lnkd.in m.me maps.google.com medium.com meetup.com
pinterest.com plus.google.com reddit.com sites.google.com snapchat.com t.co t.me telegram.me
threads.net tiktok.com tinyurl.com tripadvisor.com trustpilot.com twitch.tv twitter.com vimeo.com
vk.com wa.me wellfound.com whatsapp.com x.com xing.com yelp.com youtu.be youtube.com
"""

_HOSTS = """
amazonaws.com appspot.com azurewebsites.net bigcartel.com blogspot.com cargo.site carrd.co
cloudfront.net firebaseapp.com framer.website gitbook.io github.io gitlab.io godaddysites.com
hatenablog.com herokuapp.com hubspotpagebuilder.com jimdo.com jimdofree.com jimdosite.com js.org
livejournal.com lovable.app myshopify.com myspace.com mystrikingly.com netlify.app notion.site
notion.so odoo.com onrender.com pages.dev replit.app sharepoint.com shopify.com site123.me
square.site squarespace.com strikingly.com substack.com tilda.ws tumblr.com vercel.app web.app
webflow.io webnode.com webnode.es weebly.com wix.com wixsite.com wordpress.com workers.dev
zendesk.com
"""

_PUBLIC_SUFFIXES = """
ac.uk co.id co.il co.in co.jp co.ke co.kr co.nz co.th co.uk co.za com.ar com.au com.br com.cn
com.co com.ec com.es com.hk com.mx com.my com.ng com.pe com.ph com.pl com.pt com.sg com.tr com.tw
com.ua com.uy com.ve com.vn eu.com gov.uk me.uk ne.jp net.au or.jp org.au org.br org.es org.mx
org.uk uk.com us.com
"""

SHARED_DOMAINS = frozenset(
    {
        *_MAIL.split(),
        *_PLATFORMS.split(),
        *(f"{name}.{tld}" for name in _MAIL_IN_MANY_COUNTRIES for tld in _TLDS.split()),
    }
)
"""Free mail and platforms: neither they nor subdomains (`es.linkedin.com`) are a company's."""

HOSTING_DOMAINS = frozenset({*_HOSTS.split(), *_PUBLIC_SUFFIXES.split()})
"""Domains whose subdomains are one customer's each: `acme.wordpress.com` identifies Acme, the bare
`wordpress.com` nobody."""


def is_shared(domain: str) -> bool:
    """Whether the domain, a canonical host name, says nothing about the company that uses it."""
    if domain in HOSTING_DOMAINS:
        return True
    while "." in domain:
        if domain in SHARED_DOMAINS:
            return True
        domain = domain.partition(".")[2]
    return False
