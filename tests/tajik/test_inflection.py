"""Inflected forms beside those of school grammars."""

import pytest

from soro.core.errors import SoroError
from soro.tajik import inflection


@pytest.mark.parametrize(
    ("function", "word", "form"),
    [
        (inflection.izofat, "китоб", "китоби"),
        (inflection.izofat, "моҳӣ", "моҳии"),
        (inflection.object_marked, "ҳавлӣ", "ҳавлиро"),
        (inflection.indefinite, "хона", "хонае"),
        (inflection.plural, "бозӣ", "бозиҳо"),
        (inflection.plural_of_people, "деҳқон", "деҳқонон"),
        (inflection.plural_of_people, "хонанда", "хонандагон"),
        (inflection.plural_of_people, "ҳамсоя", "ҳамсоягон"),
        (inflection.plural_of_people, "донишҷӯ", "донишҷӯён"),
        (inflection.plural_of_people, "шаҳрӣ", "шаҳриён"),
        (inflection.joined, "падар", "падару"),
        (inflection.joined, "хола", "холаю"),
        (inflection.participle, "нома навиштан", "нома навишта"),
        (inflection.past_stem, "кор кардан", "кор кард"),
    ],
)
def test_forms_of_a_word(function: object, word: str, form: str) -> None:
    assert callable(function) and function(word) == form


@pytest.mark.parametrize(
    ("function", "word", "person", "form"),
    [
        (inflection.possessed, "китоб", "1sg", "китобам"),
        (inflection.possessed, "хона", "3pl", "хонаашон"),
        (inflection.possessed, "бобо", "2sg", "бобоят"),
        (inflection.possessed, "ҳарду", "1pl", "ҳардуямон"),
        (inflection.copula, "хаста", "1sg", "хастаам"),
        (inflection.copula, "хаста", "3sg", "хаста аст"),
        (inflection.copula, "донишҷӯ", "3pl", "донишҷӯянд"),
        (inflection.copula, "донишҷӯ", "2sg", "донишҷӯӣ"),
        (inflection.past, "ба бозор рафтан", "2sg", "ба бозор рафтӣ"),
        (inflection.past, "омадан", "3sg", "омад"),
        (inflection.present, "кор кардан", "3sg", "кор мекунад"),
        (inflection.present, "рост гуфтан", "1sg", "рост мегӯям"),
        (inflection.present, "омадан", "3pl", "меоянд"),
        (inflection.present, "хондан", "1pl", "мехонем"),
        (inflection.present, "давидан", "2pl", "медавед"),
        (inflection.present, "доштан", "1sg", "дорам"),
        (inflection.imperfect, "навиштан", "1sg", "менавиштам"),
        (inflection.subjunctive, "рафтан", "1sg", "равам"),
        (inflection.perfect, "рафтан", "3sg", "рафтааст"),
        (inflection.pluperfect, "рафтан", "3pl", "рафта буданд"),
        (inflection.progressive, "китоб хондан", "1sg", "китоб хонда истодаам"),
        (inflection.future, "ба шаҳр рафтан", "3sg", "ба шаҳр хоҳад рафт"),
        (inflection.imperative, "ба кӯҳ баромадан", "2sg", "ба кӯҳ баро"),
        (inflection.imperative, "нома навиштан", "2pl", "нома нависед"),
    ],
)
def test_forms_of_a_person(function: object, word: str, person: str, form: str) -> None:
    assert callable(function) and function(word, person) == form


@pytest.mark.parametrize(
    ("function", "form"),
    [
        (inflection.past, "кор накард"),
        (inflection.present, "кор намекунад"),
        (inflection.future, "кор нахоҳад кард"),
        (inflection.perfect, "кор накардааст"),
        (inflection.pluperfect, "кор накарда буд"),
        (inflection.progressive, "кор карда наистодааст"),
    ],
)
def test_negation_stands_at_the_inflected_verb(function: object, form: str) -> None:
    assert callable(function) and function("кор кардан", "3sg", inflection.NEGATION) == form


def test_an_unknown_present_stem_is_named() -> None:
    with pytest.raises(SoroError, match=r"'гудохтан'.*PRESENT_STEMS"):
        inflection.present("гудохтан", "3sg")
