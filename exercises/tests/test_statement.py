"""Whatever is written in a statement, the page shows it and does nothing else."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest

from exercises.format_limits import MAX_STATEMENT_BYTES
from exercises.statement import as_html

PNG = b"\x89PNG\r\n\x1a\n"

SCHEMES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    'data:image/png;base64,AAAA" onerror="alert(1)',
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "//example.org/x.js",
    "/logout/",
    "\\\\example.org\\x",
    'https://example.org/" onmouseover="alert(1)',
]
LINKS = [
    form.replace("X", scheme)
    for scheme in SCHEMES
    for form in ("[click](X)", "![picture](X)", "<X>", "[click][1]\n\n[1]: X")
]
HTML = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//example.org/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<form action=/logout/ method=post><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<base href=//example.org/>",
    "<meta http-equiv=refresh content='0;url=//example.org'>",
    "<link rel=stylesheet href=//example.org/x.css>",
    "<style>@import '//example.org/x.css';</style>",
    "<p style='background:url(//example.org)'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a id=config name=config>x</a>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?php echo 1 ?><img src=x onerror=alert(1)>",
    "</section></main><script>alert(1)</script>",
    "`</code><script>alert(1)</script>`",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "```python onmouseover=alert(1)\n'<img src=x onerror=alert(1)>'\n```",
    "    </pre><script>alert(1)</script>",
    "| <img src=x onerror=alert(1)> | b |\n|:-:|---|\n| <script>alert(1)</script> | x |",
    "[x](https://example.org 'a\" onmouseover=\"alert(1)')",
    '!["><script>alert(1)</script>](figure.png)',
    "![x](figure.png '\" onerror=\"alert(1)')",
    "# <script>alert(1)</script>",
    "> <svg onload=alert(1)>",
    "1. <img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u003cscript\u003ealert(1)\u003c/script\u003e",
    "**<b onclick=alert(1)>x</b>**",
    "<xss style=xss:expression(alert(1))>",
]
FORMULAS = [f"${tex}$" for tex in (*HTML, *(f"\\text{{{one}}}" for one in HTML)) if "\n" not in tex] + [
    "$\\href{javascript:alert(1)}{x}$",
    "$\\style{background:url(//example.org)}{x}$",
    '$\\class{x" onclick="alert(1)}{x}$',
    '$\\color{red" onclick="alert(1)}{x}$',
]
PAYLOADS = LINKS + HTML + FORMULAS

ALLOWED = {
    *("a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre"),
    *("s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    *("math", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt", "mstyle"),
    *("msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover"),
}
ATTRIBUTES = {"href", "title", "rel", "target", "alt", "src", "class", "start"}
ATTRIBUTES |= {"display", "fence", "linethickness", "mathvariant", "movablelimits", "stretchy", "width"}


class Page(HTMLParser):
    """Every element with its attributes, as a parser of HTML reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def test_there_are_a_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) >= 100


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_payload_gets_through(payload: str) -> None:
    page = Page(as_html(payload, {"figure.png": PNG}))

    assert page.comments == []
    for tag, attributes in page.elements:
        assert tag in ALLOWED
        assert attributes.keys() <= ATTRIBUTES
        link, source = attributes.get("href"), attributes.get("src")
        assert link is None or link.startswith(("https://example.org", "http://", "mailto:"))
        assert source is None or source.startswith("data:image/png;base64,")


class TestWhatIsShown:
    def test_headings_stand_below_the_title(self) -> None:
        assert as_html("# One\n\n###### Six") == "<h2>One</h2>\n<h6>Six</h6>\n"

    def test_a_table(self) -> None:
        html = as_html("| a | b |\n|---|--:|\n| 1 | 2 |")
        assert '<th class="align-right">b</th>' in html
        assert '<td class="align-right">2</td>' in html

    def test_code_is_coloured_by_classes(self) -> None:
        html = as_html("```python\nfor n in range(3):\n    print(n)\n```")
        assert '<span class="hl-k">for</span>' in html
        assert "style" not in html

    @pytest.mark.parametrize("language", ["", "brainfuck", "cobol", "text"])
    def test_code_of_another_language_is_shown_as_it_is(self, language: str) -> None:
        assert "<pre><code>a &lt; b\n</code></pre>" in as_html(f"```{language}\na < b\n```")

    def test_links_open_beside_the_work_and_tell_nobody(self) -> None:
        (link,) = [a for tag, a in Page(as_html("[docs](https://docs.python.org)")).elements if tag == "a"]
        assert link == {
            "href": "https://docs.python.org",
            "rel": "noopener noreferrer nofollow",
            "target": "_blank",
        }

    @pytest.mark.parametrize("path", ["figure.png", "starter/figure.png", "./figure.png"])
    def test_a_picture_out_of_the_exercises_own_files(self, path: str) -> None:
        html = as_html(f"![A figure]({path})", {"figure.png": PNG})
        assert 'src="data:image/png;base64,iVBORw0KGgo="' in html
        assert 'alt="A figure"' in html

    @pytest.mark.parametrize("path", ["https://example.org/a.png", "other.png", "figure.svg", "main.py"])
    def test_any_other_picture_becomes_its_words(self, path: str) -> None:
        html = as_html(f"![A figure]({path})", {"figure.svg": b"<svg/>", "main.py": b""})
        assert html == "<p><em>A figure</em></p>\n"

    def test_a_formula_in_a_line_and_one_of_its_own(self) -> None:
        html = as_html("Its area is $\\pi r^2$.\n\n$$\n\\frac{a}{b}\n$$")
        assert '<math display="inline"><mrow><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></mrow></math>.' in html
        assert (
            '<math display="block"><mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac></mrow>' in html
        )

    @pytest.mark.parametrize("text", ["From $5 to $6.", "It costs 5$, or 6$.", "Between `$a` and `b$`."])
    def test_prices_and_code_are_no_formulas(self, text: str) -> None:
        assert "<math" not in as_html(text)

    @pytest.mark.parametrize("tex", ["a^b^c", "^", "\\left(x", "{" * 400, "x" * 600])
    def test_what_is_no_formula_is_shown_as_it_was_typed(self, tex: str) -> None:
        assert as_html(f"${tex}$") == f"<p><code>{tex}</code></p>\n"


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "*a ",
        "> ",
        "`",
        "$",
        "$x$ ",
        "$\\frac{a$ ",
        "$$\nx\n$$\n",
        "![",
        "<",
        "| a ",
        "- ",
        "[a](",
        "&",
        "_a*",
        "~~",
        "#",
        "\\",
        "```python\n'",
    ],
)
def test_a_statement_made_to_be_slow_is_not(unit: str) -> None:
    text = (unit * MAX_STATEMENT_BYTES)[:MAX_STATEMENT_BYTES]
    began = time.process_time()
    as_html(text)

    assert time.process_time() - began < 5
