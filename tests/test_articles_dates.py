"""The day of publication: found whole where it is given, and never made up."""

from datetime import date

import pytest

from mapdata.articles import from_text
from mapdata.articles.dates import day_of_address, day_of_text, fold, parse_day
from mapdata.articles.months import AGENCY_LABELS, DAY_LABELS, MONTHS, NOT_A_PLACE, PARTICLES, WEEKDAYS

TODAY = date(2026, 1, 1)
DAY = date(2025, 2, 4)


@pytest.mark.parametrize(
    "value",
    [
        "2025-02-04",
        "2025-02-04T23:30:00+03:00",
        "2025-02-04T00:30:00Z",
        "2025-02-04 10:00:00",
        "2025/02/04",
        "20250204",
        "20250204T233000Z",
        "4 February 2025",
        "4th of February 2025",
        "February 4, 2025",
        "Feb. 4, 2025 10:22 AM EST",
        "Tue, 04 Feb 2025 23:30:00 GMT",
        "٤ شباط ٢٠٢٥",
        "4 شباط 2025",
        "4 فبراير/شباط 2025",
        "الثلاثاء، 4 فبراير 2025",
        "4 Şubat 2025",
        "4 ŞUBAT 2025",
        "4 февраля 2025",
        "4 февраля 2025 года",
        "4 février 2025",
        "mardi 4 février 2025 à 10h30",
        "04.02.2025",
        "04.02.2025 10:30",
    ],
)
def test_a_day_is_read_as_it_is_written(value: str) -> None:
    assert parse_day(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        "32 May 2025",
        "2025-02-30",
        "30 février 2025",
        "2025",
        "2025-02",
        "February 2025",
        "Feb 4",
        "04/02/2025",  # the fourth of February or the second of April
        "04-02-2025",
        "04.02.25",
        "0001-01-01",
        "yesterday",
        "4 February 2025 was a Tuesday",
        "1738627200",
        "",
    ],
)
def test_what_is_no_whole_day_is_none(value: str) -> None:
    assert parse_day(value) is None


def test_numbers_that_can_be_read_one_way_are_read() -> None:
    assert parse_day("25/02/2025") == parse_day("02/25/2025") == date(2025, 2, 25)
    assert parse_day("02/02/2025") == date(2025, 2, 2)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2025/02/04/runway-works",
        "https://example.org/world/2025/feb/04/runway-works",
        "https://example.org/runway-works-2025-02-04.html",
        "https://example.org/news/2025-02-04-runway",
        "https://example.org/20250204/runway",
        "https://example.org/2025-02/04/c_1310.htm",
        "https://example.org/2025/2/4",
    ],
)
def test_the_day_of_an_address(url: str) -> None:
    assert day_of_address(url, TODAY) == DAY
    article = from_text(f"---\nurl: {url}\n---\nText.", today=TODAY)
    assert (article.published, article.published_from) == (DAY, "address")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2025/02/runway",
        "https://example.org/story/1234567890",
        "https://example.org/20251399/x",
        "https://example.org/2099/02/04/x",
        "https://example.org/1925/02/04/x",
        "https://example.org/a?day=2025-02-04",
        "https://example.org/2024-12-08-to-2025-02-04",
    ],
)
def test_an_address_without_one_day(url: str) -> None:
    assert day_of_address(url, TODAY) is None


DATELINES = [
    "DAMASCUS, February 4, 2025 (Agency) - The runway is being mended.",
    "Damascus, 4 February 2025 – The runway is being mended.",
    "Deir ez-Zor, 4 Feb 2025 (Agency) — The runway is being mended.",
    "Runway works\n\n4 February 2025\n\nThe runway is being mended.",
    "Runway works\nPublished: 4 Feb 2025 10:30 GMT | Updated: 5 Feb 2025\nThe runway is being mended.",
    "Runway works\nPublished on 4 Feb 2025 by a reporter\nThe runway is being mended.",
    "By Jane Doe | 4 February 2025 | 10:22\nThe runway is being mended.",
    "موسكو، 4 شباط 2025 (وكالة) - قال مصدر إن المدرج يخضع للإصلاح.",
    "دمشق - ٤ شباط ٢٠٢٥\nقال مصدر إن المدرج يخضع للإصلاح.",
    "نشر في: 4 فبراير/شباط 2025\nقال مصدر إن المدرج يخضع للإصلاح.",
    "Ankara, 4 Şubat 2025 (Ajans) - Pist onarılıyor.",
    "Yayınlanma: 04.02.2025 10:30\nPist onarılıyor.",
    "МОСКВА, 4 февраля 2025 — Агентство. Полосу чинят.",
    "Опубликовано: 4 февраля 2025 г.\nПолосу чинят.",
    "Paris, le 4 février 2025\nLa piste est en travaux.",
    "Publié le 4 février 2025 à 10h30\nLa piste est en travaux.",
    "04.02.2025\nThe runway is being mended.",
    "The runway is being mended.\n" + "The works go on. " * 40 + "\n\n(Agency, 4 February 2025)\n",
    "The runway is being mended.\n" + "The works go on. " * 40 + "\nSource: Example Post, 4 February 2025",
]


@pytest.mark.parametrize("text", DATELINES)
def test_the_day_of_a_dateline(text: str) -> None:
    assert day_of_text(text, TODAY) == DAY
    assert from_text(text, today=TODAY).published_from == "text"


STORIES = [
    "Since 8 December 2024, no aircraft has landed there.",
    "On Sunday, 8 December 2024 - the day of the change - the garrison left.",
    "8 December 2024 was the day on which the garrison left.",
    "The garrison left on 8 December 2024 - a Sunday.",
    "The garrison left on 8 December 2024 (a Sunday).",
    "The talks, held on 4 February 2025, ended well.",
    "Officials said that, since 8 December 2024 – no aircraft has landed.",
    "The base after the change, 8 December 2024\nA story follows.",
    "منذ 8 كانون الأول 2024 - لم تهبط أي طائرة.",
    "في 8 كانون الأول 2024، غادرت الحامية.",
    "С 8 декабря 2024 — ни одного самолёта.",
    "8 Aralık 2024'ten beri uçak inmedi.",
    "Depuis le 8 décembre 2024 - aucun avion.",
    "Le 8 décembre 2024, la garnison est partie.",
    "DAMASCUS, Feb 4 (Agency) - The year is not given.",
    "Last updated: 4 February 2099\nThe clock of that site is wrong.",
    "Published: 4 February 1925\nToo old to be of the web.",
    "A story. " * 60 + "\nThe garrison left on 8 December 2024.",
    "A story. " * 60 + "\n8 December 2024\n" + "More of the story. " * 10,
    "Published 4 February 2025 figures show a rise.",
]


@pytest.mark.parametrize("text", STORIES)
def test_a_day_within_a_story_is_not_its_day(text: str) -> None:
    assert day_of_text(text, TODAY) is None
    article = from_text(text, today=TODAY)
    assert (article.published, article.published_from) == (None, None)


def test_metadata_go_before_the_address_and_the_address_before_the_text() -> None:
    url = "url: https://example.org/2025/02/05/x\n"
    text = "6 February 2025\nText."
    said = from_text(f"---\npublished: 2025-02-04\n{url}---\n{text}", today=TODAY)
    assert (said.published, said.published_from) == (DAY, "metadata")
    addressed = from_text(f"---\n{url}---\n{text}", today=TODAY)
    assert (addressed.published, addressed.published_from) == (date(2025, 2, 5), "address")
    assert from_text(text, today=TODAY).published == date(2025, 2, 6)


def test_the_tables_of_names_are_folded_and_agree() -> None:
    month_of: dict[str, int] = {}
    for months in MONTHS.values():
        assert len(months) == 12
        for number, names in enumerate(months, start=1):
            for name in names.split():
                assert fold(name) == name
                assert month_of.setdefault(name, number) == number, f"{name} is two months"
    for table in (DAY_LABELS, AGENCY_LABELS, WEEKDAYS, NOT_A_PLACE, PARTICLES):
        for words in table:
            assert fold(words) == words


@pytest.mark.parametrize(("language", "number"), [(lang, n) for lang in MONTHS for n in range(1, 13)])
def test_every_name_of_a_month_is_read(language: str, number: int) -> None:
    for name in MONTHS[language][number - 1].split():
        assert parse_day(f"7 {name.replace('_', ' ')} 2024") == date(2024, number, 7)
