"""Names are found in the forms that a sentence gives them, and not inside other words."""

import pytest

from mapdata.reading.folding import fold, fold_text
from mapdata.reading.inflection import forms
from mapdata.reading.matcher import Matcher, Pattern


def found(name: str, lang: str, text: str, kind: str = "site") -> list[str]:
    bending = kind == "actor" or lang == "tr"
    names = forms(fold(name), lang, name, people=kind == "actor")
    matcher = Matcher([Pattern(form, kind, "x", lang, bending=bending) for form in names])
    return [text[hit.start : hit.end] for hit in matcher.find(fold_text(text), text)]


@pytest.mark.parametrize(
    ("name", "lang", "text"),
    [
        ("Хмеймим", "ru", "самолеты покинули аэродром в Хмеймиме"),
        ("Пальмира", "ru", "у Пальмиры видели колонну"),
        ("Турция", "ru", "переговоры с Турцией"),
        ("российский", "ru", "о российских базах"),
        ("Хмеймимская авиабаза", "ru", "на Хмеймимской авиабазе"),
        ("северо-восток Сирии", "ru", "на северо-востоке Сирии"),
        ("Мерса-Матрух", "ru", "гарнизон в Мерса-Матрухе"),
        ("Эль-Камышлы", "ru", "площадка под Эль-Камышлами"),
        ("102-я российская военная база", "ru", "вывод 102-й российской военной базы"),
        ("Горячие Ключи", "ru", "хранилища под Горячими Ключами"),
        ("Горячие Ключи", "ru", "гарнизон Горячих Ключей"),
        ("Вооружённые силы Бергии", "ru", "части Вооружённых сил Бергии"),
        ("Ниш", "ru", "К осени в Нише посадят взвод"),
        ("Palmira", "tr", "Palmira'daki üste"),
        ("Hmeymim Üssü", "tr", "Hmeymim Üssünden kalkan uçaklar"),
        ("Tiyas", "tr", "Tiyas’ta konuşlu"),
        ("تدمر", "ar", "القوات المنتشرة بتدمر"),
        ("مطار التيفور", "ar", "في مطار التيفور"),
        ("التيفور", "ar", "انسحبت من تيفور"),
        ("المزة", "ar", "قرب للمزة"),
        ("Palmyra", "en", "Palmyra's runway"),
        ("Deir ez-Zor", "en", "the road to Deir ez Zor"),
        ("Ra's al-Ayn", "en", "forces in Ras al-Ayn"),
        ("Deir al-Zor", "en", "the road to Deir ez-Zor"),
        ("al-Shayrat", "en", "the field at Ash Shayrat"),
    ],
)
def test_forms_in_a_sentence(name: str, lang: str, text: str) -> None:
    assert found(name, lang, text)


@pytest.mark.parametrize(
    ("name", "lang", "text"),
    [
        ("Assad", "en", "the ambassador spoke"),
        ("Hama", "en", "Muhammad spoke"),
        ("Azaz", "en", "the azazel"),
        ("Тияс", "ru", "сотиясский"),
        ("Tiyas", "tr", "Tiyasoğlu konuştu"),
        ("Kapan", "tr", "dosya kapandı"),
        ("Fort at Tarn", "en", "the fort al Tarn"),
        ("حماة", "ar", "محاماة"),
        ("العند", "ar", "التقى به عند البوابة"),
        ("ВВС", "ru", "по данным ввсу"),
    ],
)
def test_no_name_inside_another_word(name: str, lang: str, text: str) -> None:
    assert not found(name, lang, text)


@pytest.mark.parametrize(
    ("name", "lang", "text"),
    [
        ("американцы", "ru", "около двухсот американцев"),
        ("китайцы", "ru", "один китаец и трое техников"),
        ("россияне", "ru", "ни россиянам, ни кому-то ещё"),
        ("россияне", "ru", "казарма построена россиянином"),
        ("турки", "ru", "колонна турок"),
        ("хуситы", "ru", "задержан хусит"),
        ("российский", "ru", "российско-турецкий центр"),
        ("Houthis", "en", "a Houthi battery"),
        ("Frenchmen", "en", "not a Frenchman in uniform"),
        ("Amerikalı", "tr", "pistin kiracısı Amerikalılardı"),
    ],
)
def test_peoples_in_number_and_case(name: str, lang: str, text: str) -> None:
    assert found(name, lang, text, "actor")


def test_one_of_a_plural_that_is_no_people_is_another_thing() -> None:
    assert not found("Emirates", "en", "the Islamic Emirate", "actor")
    assert not found("Guards", "en", "a guard at the gate", "actor")


def test_arabic_adjectives_take_gender_and_number() -> None:
    assert found("روسي", "ar", "القوات الروسية في القاعدة", "actor")
    assert found("تركي", "ar", "ضباط وجنود أتراك والتركيين", "actor")


def test_capitals_only_where_the_name_is_a_code() -> None:
    matcher = Matcher([Pattern("us", "actor", "US", "en", caps=True)])
    text = "They told us that US troops stay."
    assert [(hit.start, text[hit.start : hit.end]) for hit in matcher.find(fold_text(text), text)] == [
        (18, "US")
    ]
