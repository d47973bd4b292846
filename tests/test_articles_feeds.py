"""RSS and Atom: every entry an article."""

from datetime import date
from pathlib import Path

import pytest

from mapdata.articles import read
from mapdata.errors import InputRefused
from mapdata.model import Article

TODAY = date(2026, 1, 1)


def taken(path: Path) -> tuple[list[Article], list[str]]:
    refused: list[InputRefused] = []
    articles = list(read([str(path)], refused.append, today=TODAY))
    messages = [str(fault).replace(f"{path.parent}/", "") for fault in refused]
    assert all("\n" not in message for message in messages)
    return articles, messages


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Example Feed</title>
<language>en-us</language>
<item><title>Works &amp;amp; talks</title><link>https://example.org/1</link>
<pubDate>Tue, 04 Feb 2025 23:30:00 -0300</pubDate>
<description>&lt;p&gt;First &lt;b&gt;part&lt;/b&gt;.&lt;/p&gt;
&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;Second&lt;br/&gt;line.&lt;/p&gt;</description></item>
<item><title>Without text</title></item>
<item><title>Plain</title><source url="https://other.example">Other Post</source>
<pubDate>32 May 2025</pubDate>
<link>javascript:alert(1)</link><description>Words, 5 &lt; 6</description></item></channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?><!-- made by hand -->
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
<title>Flux</title><entry><title type="html">Piste</title><link href="https://example.org/2"/>
<updated>2025-02-04T10:00:00Z</updated><summary>Court.</summary>
<content type="html">&lt;div&gt;La garnison est partie.&lt;/div&gt;
&lt;div&gt;Le port est vide.&lt;/div&gt;</content></entry></feed>"""


def test_every_entry_of_a_feed_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "f.rss").write_text(RSS, encoding="utf-8")
    (first, last), messages = taken(tmp_path / "f.rss")
    assert (first.title, first.outlet, first.url) == (
        "Works & talks",
        "Example Feed",
        "https://example.org/1",
    )
    assert (first.text, first.lang) == ("First part.\nSecond\nline.", "en")
    assert (first.published, first.published_from) == (date(2025, 2, 4), "metadata")
    assert (last.text, last.outlet, last.url) == ("Words, 5 < 6", "Other Post", None)
    assert last.published is None
    assert messages == ["f.rss, entry 2: has no text; give the address of the page itself"]


def test_an_atom_feed_with_its_full_content(tmp_path: Path) -> None:
    (tmp_path / "f.atom").write_text(ATOM, encoding="utf-8")
    (entry,), messages = taken(tmp_path / "f.atom")
    assert messages == []
    assert (entry.text, entry.lang) == ("La garnison est partie.\nLe port est vide.", "fr")
    assert (entry.title, entry.outlet, entry.published) == ("Piste", "Flux", date(2025, 2, 4))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<note><to>x</to></note>", "is no RSS or Atom feed"),
        ("no xml", "is no RSS or Atom feed"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "this feed has no entry"),
    ],
)
def test_xml_that_is_no_feed_is_refused(tmp_path: Path, data: str, said: str) -> None:
    (tmp_path / "f.xml").write_text(data, encoding="utf-8")
    articles, (message,) = taken(tmp_path / "f.xml")
    assert articles == []
    assert message.startswith(f"f.xml: {said}")


def test_a_bomb_of_entities_in_a_feed_stays_small(tmp_path: Path) -> None:
    entities = '<!ENTITY l0 "xxxxxxxxxx">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )
    (tmp_path / "f.xml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel><title>x</title>'
        "<item><title>a</title><description>text &l9; end</description></item></channel></rss>",
        encoding="utf-8",
    )
    articles, _ = taken(tmp_path / "f.xml")
    assert all(len(article.text) < 1000 for article in articles)
