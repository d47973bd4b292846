"""Texts with front matter: what the body is, what is refused and where."""

from datetime import date
from pathlib import Path

import pytest

from mapdata.articles import article_id, from_text, read
from mapdata.errors import InputRefused

TODAY = date(2026, 1, 1)
FRONT = "---\ntitle: Runway works\noutlet: Example Post\npublished: 2025-02-04\nlang: en\n---\n"


def refusal(raw: str | bytes, path: str = "a.md") -> str:
    with pytest.raises(InputRefused) as caught:
        from_text(raw, path, today=TODAY)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_the_body_is_exactly_what_follows_the_closing_line() -> None:
    article = from_text(FRONT + "\n  First line.\n\nSecond.\n\n", "a.md", today=TODAY)
    assert article.text == "\n  First line.\n\nSecond.\n\n"
    assert (article.title, article.outlet, article.lang) == ("Runway works", "Example Post", "en")
    assert (article.published, article.published_from) == (date(2025, 2, 4), "metadata")


def test_a_text_without_front_matter_is_all_body_and_both_endings_are_read_alike(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text(" Only text.\n---\nx: y\n---\n", encoding="utf-8")
    texts = [article.text for article in read([str(tmp_path)], print, today=TODAY)]
    assert texts == [" Only text.\n---\nx: y\n---\n"] * 2


def test_line_ends_and_the_bom_are_no_part_of_the_text() -> None:
    raw = b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nOne\r\nTwo\rThree\n"
    article = from_text(raw, "a.txt", today=TODAY)
    assert article.title == "A"
    assert article.text == "One\nTwo\nThree\n"


def test_front_matter_is_read_as_it_is_written() -> None:
    article = from_text(
        "---\ntitle: No\nlang: NO\ntags: [a, {b: c}]\nillustrative: true\n---\nx", today=TODAY
    )
    assert (article.title, article.lang, article.illustrative) == ("No", "no", True)


def test_a_title_is_the_heading_where_metadata_have_none() -> None:
    assert from_text("# Works at the base #\n\nText.", today=TODAY).title == "Works at the base"
    assert from_text("Text.\n# Works", today=TODAY).title is None
    assert from_text("---\ntitle: Said\n---\n# Works\n", today=TODAY).title == "Said"


def test_a_rule_drawn_above_a_text_is_no_front_matter() -> None:
    assert from_text("---\n\nThe text begins.\n", today=TODAY).text == "---\n\nThe text begins.\n"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("---\ntitle: [a\n---\nx", "a.md:3: front matter is no YAML"),
        ("---\ntitle: a: b\n---\nx", "a.md:2: front matter is no YAML"),
        ("---\ntitle: a\n\tb: c\n---\nx", "a.md:3: front matter is no YAML"),
        ("---\n- a\n- b\n---\nx", "a.md:2: front matter is no mapping"),
        ("---\njust words\n---\nx", "a.md:2: front matter is no mapping"),
        ("---\na: &a [x]\nb: [*a, *a]\n---\nx", "a.md:3: front matter uses a YAML alias"),
        ("---\ntitle: a\ntitle: b\n---\nx", "a.md:3: front matter says 'title' twice"),
        ("---\nlang: en\ntitle: [a, b]\n---\nx", "a.md:3: title must be text, not a list"),
        ("---\nillustrative: perhaps\n---\nx", "a.md:2: illustrative 'perhaps' is neither true nor false"),
        ("---\ntitle: a\nThe text.", "a.md:1: front matter is never closed"),
        (
            "---\ntitle: a\npublished: 32 May 2025\n---\nx",
            "a.md:3: published '32 May 2025' is no date; write YYYY-MM-DD or leave it out",
        ),
        ("---\npublished: 2025-02-30\n---\nx", "a.md:2: published '2025-02-30' is no date"),
        ("---\npublished: 2025\n---\nx", "a.md:2: published '2025' is no date"),
        ("---\npublished: 03/04/2025\n---\nx", "a.md:2: published '03/04/2025' is no date"),
        ("---\ntitle: a\n---\n \n\n", "a.md: holds front matter and no text"),
        ("", "a.md: is empty"),
        (" \n\t\n", "a.md: is empty"),
        ("a\x00b", "a.md: text holds a NUL sign"),
        ("a\ud800b", "a.md: text holds half a surrogate pair"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_its_place(raw: str, said: str) -> None:
    assert refusal(raw).startswith(said)


def test_a_yaml_bomb_is_refused_at_once() -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    assert "alias" in refusal(f"---\nl0: &l0 [x, x]\n{levels}---\nx")
    assert "nests over 20 levels" in refusal("---\ntitle: " + "[" * 20_000 + "\n---\nx")


def test_an_address_that_is_none_to_follow_is_dropped() -> None:
    def url(value: str) -> str | None:
        return from_text(f"---\nurl: {value}\n---\nx", today=TODAY).url

    assert url("https://example.org/a?b=1#c") == "https://example.org/a?b=1#c"
    for unsafe in ("javascript:alert(1)", "data:text/html,x", "example.org/a", "'https://'", "http://[::1"):
        assert url(unsafe) is None


def test_the_id_is_of_outlet_address_and_text_alone() -> None:
    first = from_text(FRONT + "Text.", "a.md", today=TODAY)
    moved = from_text(
        FRONT.replace("2025-02-04", "2025-02-05").replace("Runway", "Taxiway") + "Text.", "b.md"
    )
    assert first.id == moved.id == article_id("Example Post", None, "Text.")
    assert first.id != from_text(FRONT.replace("Example", "Other") + "Text.").id
    # Pinned: an id that changes makes another article of every stored one.
    assert article_id("Example Post", "https://example.org/1", "Türkçe 🛩") == "1da7a21f1b880c3f08a9"
