"""Texts that somebody might plant in an article, an address, a file's name or a gazetteer: the corpus of payloads.

Each tries something that is seen when it succeeds: it sets `hacked` in the page, asks tracker.example, computes
6*7, starts a formula, steers the terminal, turns the line or breaks a format.
"""

from __future__ import annotations

HOST = "tracker.example"

TEMPLATES = (
    "{{ 6*7 }} and {{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% for x in range(9) %}x{% endfor %} {% raise %} {# gone #}",
    "${6*7} #{6*7} <%= 6*7 %> [[6*7]] ${window.hacked=1} `+(window.hacked=1)+`",
)
MARKUP = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    f'"><svg onload=window.hacked=1><image href=http://{HOST}/svg.png />',
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "--><!-- ]]> <![CDATA[ </style><style>body{display:none}</style>",
    f"<link rel=stylesheet href=http://{HOST}/a.css><base href=http://{HOST}/>",
    "<details open ontoggle=window.hacked=1>x</details><input autofocus onfocus=window.hacked=1>",
    "&lt;script&gt;window.hacked=1&lt;/script&gt; &#60;img src=x onerror=window.hacked=1&#62;",
    "javascript:window.hacked=1",
    "' onmouseover='window.hacked=1' x='",
)
MARKDOWN = (
    f"![p](http://{HOST}/p.png) [click](javascript:window.hacked=1) <http://{HOST}/>",
    f"[![p](http://{HOST}/q.png)][r]\n\n[r]: http://{HOST}/r",
    ":material/delete: :smile: $\\href{javascript:window.hacked=1}{x}$ :red[red] `code` # head",
)
FORMULAS = (
    f'=HYPERLINK("http://{HOST}";"x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1;2)",
    "-2+3",
    "\t=1+1",
    " =1+1",
    "＝1+1",
)
TERMINAL = (
    "\x1b]0;owned\x07\x1b[2J\x1b[31m red",
    "\x9b2J\x9d0;owned\x9c",
    "back\x08\x08\x08\rover",
)
UNICODE = (
    "\u202egnp.exe\u202c and \u2066isolated\u2069 and \u200fmark",
    "zero\u200bwidth\u2060joined\ufeff",
    "tag\U000e0041\U000e0042 and \ue000 private",
    "Z" + "\u0300" * 60 + "algo",
    "line\u2028and\u2029paragraph",
    "ﷺ" * 20,
)
LONG = ("W" * 3000, "٠" * 1500)
BROKEN = ("nul \x00 inside", "half \ud83d a pair")
"""What no article can hold: refused at the door."""

TEXTS = (*TEMPLATES, *MARKUP, *MARKDOWN, *FORMULAS, *TERMINAL, *UNICODE, *LONG)
"""What an article can hold, and what must then be shown as the text that it is."""
ALL = (*TEXTS, *BROKEN)
