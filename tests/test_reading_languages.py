"""Clear cases in Arabic, Turkish, Russian and French, read with the gazetteer that comes with the repository.

Each is a construction that English does otherwise: nouns before their nationality, pronouns joined to nouns,
owners marked by an ending, verbs at the end, and phrases in which a refusal says that something stays.
"""

from pathlib import Path

import pytest

from mapdata.gazetteer import load
from mapdata.model import Article
from mapdata.outlets import load_outlets
from mapdata.reading import Reader, lexicon
from mapdata.reading.folding import fold_text
from mapdata.reading.matcher import Matcher

ROOT = Path(__file__).parent.parent

CASES = {
    "ar": [
        ("لا تزال القوات الروسية تتمركز في قاعدة حميميم الجوية.", "hmeimim", "RU", "existing"),
        ("قال مسؤول أمريكي إن روسيا تحتفظ بقاعدة طرطوس البحرية.", "tartus", "RU", "existing"),
        ("تضم قاعدة طرطوس البحرية سفنا روسية.", "tartus", "RU", "existing"),
        ("تعتزم تركيا إقامة قاعدة جوية في مطار تدمر.", "palmyra", "TR", "proposed"),
        ("تدرس أنقرة نشر قواتها في مطار التيفور.", "t4", "TR", "proposed"),
        ("انسحبت القوات الأمريكية من قاعدة التنف.", "al-tanf", "US", "former"),
        ("أخلى الجيش الروسي مطار القامشلي.", "qamishli-airport", "RU", "former"),
    ],
    "tr": [
        ("Rus birliklerinin kullandığı Hmeymim üssü hâlâ faal.", "hmeimim", "RU", "existing"),
        ("Rusya, Tartus'taki deniz üssünü elinde tutuyor.", "tartus", "RU", "existing"),
        ("Humus'un doğusundaki T4 üssü Rus ordusunun kontrolünde.", "t4", "RU", "existing"),
        ("Türkiye, Palmira'da hava üssü kurmayı planlıyor.", "palmyra", "TR", "proposed"),
        ("ABD askerleri Tanf üssünden çekildi.", "al-tanf", "US", "former"),
        ("Rus güçleri Kamışlı havaalanını boşalttı.", "qamishli-airport", "RU", "former"),
    ],
    "ru": [
        ("Россия сохраняет авиабазу Хмеймим.", "hmeimim", "RU", "existing"),
        ("База ВМФ России в Тартусе действует.", "tartus", "RU", "existing"),
        (
            "Представитель США заявил, что Россия использует авиабазу Хмеймим.",
            "hmeimim",
            "RU",
            "existing",
        ),
        ("Турция планирует разместить военных на авиабазе Т4.", "t4", "TR", "proposed"),
        ("Американские войска покинули базу Эт-Танф.", "al-tanf", "US", "former"),
        ("Российские военные вывели технику из аэропорта Камышлы.", "qamishli-airport", "RU", "former"),
    ],
    "fr": [
        (
            "Les forces russes restent stationnées sur la base aérienne de Hmeimim.",
            "hmeimim",
            "RU",
            "existing",
        ),
        ("La base navale russe de Tartous abrite deux frégates.", "tartus", "RU", "existing"),
        ("La Turquie envisage d'installer une base aérienne à Palmyre.", "palmyra", "TR", "proposed"),
        ("Les troupes américaines ont quitté la base d'al-Tanf.", "al-tanf", "US", "former"),
        (
            "L'aéroport de Qamichli, évacué par les militaires russes, est vide.",
            "qamishli-airport",
            "RU",
            "former",
        ),
    ],
}
SPEAKERS = [
    ("ar", "قال مسؤول أمريكي إن روسيا تحتفظ بقاعدة طرطوس البحرية.", "US"),
    ("ru", "Представитель США заявил, что Россия использует авиабазу Хмеймим.", "US"),
    ("fr", "Un responsable américain a déclaré que les troupes russes gardent la base de Hmeimim.", "US"),
]
# What a cue must not be found in: another word that begins the same, or that folding makes the same.
STRANGERS = [
    ("ru", "plan", "Планета вращается."),
    ("ru", "person", "Гражданский порт закрыт."),
    ("fr", "there", "La mer est calme."),
    ("fr", "exist", "Une base et un port."),
    ("fr", "which", "Un port ou une ville."),
    ("fr", "plan", "Le silence règne."),
    ("ar", "visit", "الوزارة مغلقة."),
    ("ar", "base_air", "مطاردة في الصحراء."),
    ("tr", "build", "Güvenlik Kurulu toplandı."),
    ("tr", "near", "Yakın zamanda görüşecekler."),
    ("tr", "oppose", "Anlaşma uyarınca hareket ettiler."),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load(ROOT / "gazetteer.yaml"), load_outlets())


def read(reader: Reader, lang: str, text: str) -> set[tuple[str, str, str]]:
    return {(c.site, c.actor, c.status.value) for c in reader.read(Article(id="x", text=text, lang=lang))}


@pytest.mark.parametrize(
    ("lang", "text", "site", "actor", "status"),
    [(lang, *case) for lang, cases in CASES.items() for case in cases],
)
def test_clear_cases(reader: Reader, lang: str, text: str, site: str, actor: str, status: str) -> None:
    assert (site, actor, status) in read(reader, lang, text)


@pytest.mark.parametrize(("lang", "text", "actor"), SPEAKERS)
def test_who_only_speaks_is_not_present(reader: Reader, lang: str, text: str, actor: str) -> None:
    assert actor not in {found for _, found, _ in read(reader, lang, text)}


@pytest.mark.parametrize(("lang", "category", "text"), STRANGERS)
def test_words_that_only_look_like_cues(lang: str, category: str, text: str) -> None:
    matcher = Matcher([pattern for pattern in lexicon.patterns(lang) if pattern.key == category])
    assert matcher.find(fold_text(text), text) == []


def test_choices_and_accents_of_a_word() -> None:
    assert lexicon.spelled("post(e|es) (a|)*") == ["poste a*", "poste *", "postes a*", "postes *"]
    matcher = Matcher([pattern for pattern in lexicon.patterns("fr") if pattern.key == "there"])
    text = "Ils sont là."
    assert [text[hit.start : hit.end] for hit in matcher.find(fold_text(text), text)] == ["là"]


@pytest.mark.parametrize("lang", CASES)
def test_stars_stand_at_the_end_and_choices_are_closed(lang: str) -> None:
    forms = [
        form for category in lexicon.load(lang) for word in category.words for form in lexicon.spelled(word)
    ]
    assert [form for form in forms if "*" in form[:-1] or "(" in form or ")" in form or "|" in form] == []
