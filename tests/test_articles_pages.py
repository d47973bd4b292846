"""Pages: the main text, and metadata from the markup alone."""

from datetime import date
from pathlib import Path

import pytest
from trafilatura.meta import reset_caches

from mapdata.articles import read
from mapdata.errors import InputRefused
from mapdata.model import Article

TODAY = date(2026, 1, 1)
STORY = (
    "<p>Workers have begun to mend the runway of the air base near the coast, a local official said on "
    "Monday, after months of talks between the two sides about its use.</p>"
    "<p>Since 8 December 2024 no aircraft has landed there, and the garrison has left for the port, where "
    "two ships were waiting to take it on board.</p>"
    "<p>The ministry did not answer questions about the length of the works or their cost.</p>"
)
PARAGRAPHS = [part.removeprefix("<p>") for part in STORY.split("</p>") if part]
MENU = '<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>'


def page(head: str = "", story: str = STORY, before: str = "", html: str = '<html lang="en">') -> str:
    return (
        f"<!doctype html>{html}<head><title>Runway works | Example Post</title>{head}</head><body>{MENU}"
        f"<article><h1>Runway works</h1>{before}{story}</article>"
        f"<footer>© 2019 Example Post</footer></body></html>"
    )


def taken(path: Path) -> tuple[list[Article], list[str]]:
    refused: list[InputRefused] = []
    articles = list(read([str(path)], refused.append, today=TODAY))
    messages = [str(fault).replace(f"{path.parent}/", "") for fault in refused]
    assert all("\n" not in message for message in messages)
    return articles, messages


def article(tmp_path: Path, markup: str | bytes, name: str = "a.html") -> Article:
    data = markup if isinstance(markup, bytes) else markup.encode()
    (tmp_path / name).write_bytes(data)
    articles, messages = taken(tmp_path / name)
    assert messages == []
    return articles[0]


def test_the_main_text_keeps_its_paragraphs_and_leaves_the_menu(tmp_path: Path) -> None:
    lines = article(tmp_path, page()).text.split("\n")
    assert lines == ["Runway works", *PARAGRAPHS]


def test_metadata_of_a_page(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Example Post">'
        '<meta property="og:title" content="Runway works">'
        '<meta property="article:published_time" content="2025-02-04T23:30:00+03:00">'
        '<link rel="canonical" href="https://example.org/runway">'
    )
    found = article(tmp_path, page(head))
    assert (found.title, found.outlet, found.lang) == ("Runway works", "Example Post", "en")
    assert (found.published, found.published_from) == (date(2025, 2, 4), "metadata")
    assert found.url == "https://example.org/runway"


@pytest.mark.parametrize(
    ("head", "before"),
    [
        ('<meta name="DC.date.issued" content="2025-02-04">', ""),
        ('<meta itemprop="datePublished" content="2025-02-04">', ""),
        (
            '<script type="application/ld+json">{"datePublished":"2025-02-04T1:00Z"}</script>',
            "",
        ),
        ("", '<time class="entry-date published" datetime="2025-02-04">last week</time>'),
        ("", '<time datetime="2025-02-04T10:00">4 Feb</time>'),
        ("", '<span itemprop="datePublished">4 February 2025</span>'),
        ('<meta name="date" content="2031-01-01"><meta name="dc.date" content="2025-02-04">', ""),
    ],
)
def test_the_day_of_a_page_is_in_its_markup(tmp_path: Path, head: str, before: str) -> None:
    found = article(tmp_path, page(head, before=before))
    assert (found.published, found.published_from) == (date(2025, 2, 4), "metadata")


def test_a_day_that_only_the_story_or_the_footer_has_is_not_its_day(tmp_path: Path) -> None:
    found = article(tmp_path, page())
    assert (found.published, found.published_from) == (None, None)
    others = '<time datetime="2025-01-01">a</time><time datetime="2025-01-02">b</time>'
    assert article(tmp_path, page(before=others)).published is None


def test_the_address_and_the_dateline_of_a_page_give_its_day(tmp_path: Path) -> None:
    found = article(tmp_path, page('<link rel="canonical" href="https://example.org/2025/02/04/runway">'))
    assert (found.published, found.published_from) == (date(2025, 2, 4), "address")
    found = article(
        tmp_path, page(story="<p>DAMASCUS, 4 February 2025 (Agency) - The works began.</p>" + STORY)
    )
    assert (found.published, found.published_from) == (date(2025, 2, 4), "text")


def test_a_language_in_another_script_than_the_text_is_a_template_s(tmp_path: Path) -> None:
    arabic = "<p>" + "غادرت القوات القاعدة الجوية قرب الساحل يوم الثلاثاء. " * 8 + "</p>"
    assert article(tmp_path, page(story=arabic * 3)).lang == "ar"
    assert article(tmp_path, page(html='<html lang="tr-TR">')).lang == "tr"


@pytest.mark.parametrize(
    ("encoding", "declared"), [("cp1256", "windows-1256"), ("cp1256", "utf-8"), ("utf-16", "x")]
)
def test_the_charset_of_a_page(tmp_path: Path, encoding: str, declared: str) -> None:
    arabic = "غادرت القوات القاعدة الجوية قرب الساحل يوم الثلاثاء، وقال مصدر إن المدرج يخضع للإصلاح."
    markup = page(f'<meta charset="{declared}">', story=f"<p>{arabic}</p>" * 3).replace("©", "")
    assert arabic in article(tmp_path, markup.encode(encoding)).text


def test_the_same_page_gives_the_same_text_whatever_was_read_before(tmp_path: Path) -> None:
    first = article(tmp_path, page())
    for number in range(5):
        article(
            tmp_path,
            page(story=STORY + f"<p>Another story, number {number}, with words of its own.</p>"),
            "b.html",
        )
    assert article(tmp_path, page()) == first
    reset_caches()
    assert article(tmp_path, page()) == first


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Unclosed <b>markup <table><tr>the garrison was seen at the base <div>and it left",
        "no tag at all: the garrison was seen < at the base & it left",
        page().replace("</p>", "").replace("</article>", "").replace("</head>", ""),
        page().replace("<html", "<htm").replace("body", "bdy"),
        '<?xml version="1.0" encoding="utf-8"?>' + page(),
        "<div>" * 200 + STORY,
    ],
)
def test_broken_html_gives_its_text(tmp_path: Path, markup: str) -> None:
    assert "garrison" in article(tmp_path, markup).text


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>",
        f"<html><body>{MENU}<script>var story = 'x';</script></body></html>",
        "<html><head><title>Only a title</title></head></html>",
        "<" * 500,
        "<div>" * 20_000 + "text",
        "<!-- only a comment -->",
    ],
)
def test_a_page_without_a_story_is_refused(tmp_path: Path, markup: str) -> None:
    (tmp_path / "a.htm").write_text(markup, encoding="utf-8")
    articles, (message,) = taken(tmp_path / "a.htm")
    assert articles == []
    assert message.startswith("a.htm: ")
    assert message.endswith("save the text as .txt")
