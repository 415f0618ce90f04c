import pytest
from hypothesis import given
from hypothesis import strategies as st

from soro.tajik.repair import RULES, explanation, repair, repair_edits

TAJIK = "Ҷумҳурии Тоҷикистон дар Осиёи Марказӣ ҷойгир аст ва пойтахти он шаҳри Душанбе мебошад."


def legacy(text: str) -> str:
    return text.translate(str.maketrans("ҳҷӣӯқғҲҶӢӮҚҒ", "њљїўќѓЊЉЇЎЌЃ"))


def test_legacy_font_letters_become_tajik() -> None:
    assert repair(legacy(TAJIK)) == TAJIK


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Ў дар хона аст ва китоб мехонад.", "Ӯ дар хона аст ва китоб мехонад."),
        ("Ин дӯстī барои мо азиз аст.", "Ин дӯстӣ барои мо азиз аст."),
        ("Ман ба мак\u00adтаб ме\u00adравам ва дарс мехонам.", "Ман ба мактаб меравам ва дарс мехонам."),
        ("Ман ба мак¬\nтаб меравам ва дарс мехонам.", "Ман ба мактаб меравам ва дарс мехонам."),
        ("Мо аз тиpeза ба он ҷо нигоҳ кардем.", "Мо аз тиреза ба он ҷо нигоҳ кардем."),
        ("Ин   китоб\u00a0аст  ва он қалам.", "Ин китоб аст ва он қалам."),
        ("Ғизои мо аз нон иборат аст\ufeff.", "Ғизои мо аз нон иборат аст."),
    ],
)
def test_single_substitutions(broken: str, whole: str) -> None:
    assert repair(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Ўзбекистон Республикаси Марказий Осиёда жойлашган ва унинг пойтахти Тошкент шаҳри бўлган.",
        "Ніколі не позна вучыцца, асаблівіў гэтым сэнсе трэба ў школу хадзіць.",
        "Київ є столицею України, і його населення їсть борщ.",
        "Београд је главни град Србије и њена највећа варош, љубав и њива.",
        "Скопје е главен град на Македонија и ќе биде ѓердан.",
        "Москва является столицей России и самым большим её городом.",
        "The quick brown fox jumps over the lazy dog, and it isn't ī ā ū.",
        "زبان فارسی و تاجیکی خویشاوندند.",
    ],
)
def test_other_languages_keep_their_letters(text: str) -> None:
    assert repair(text) == text


@given(st.text(alphabet=st.one_of(st.sampled_from("ваздарбои њљїўќѓ\u00ad¬\n -āī"), st.characters()), max_size=200))
def test_repair_is_idempotent_and_never_lengthens(text: str) -> None:
    once = repair(text)
    assert repair(once) == once
    assert len(once) <= len(text)


def test_each_change_has_its_rule() -> None:
    found = repair_edits("Њар рӯз ман ба мак\u00adтаб  меравам ва дарс мехонам.")
    assert [explanation(edit) for edit in found.edits] == [
        "Њар → Ҳар\ta letter of an old font that drew Tajik letters in Serbian places",
        "U+00AD → nothing\ta soft hyphen, or its sign in an old font, inside a word",
        "   → U+0020\tspaces that do nothing",
    ]
    assert [edit.start for edit in found.edits] == [0, 18, 22]


def test_names_of_rules_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_tags_in_tags_and_long_lines_end() -> None:
    assert repair("<" * 20 + "i a=1" + ">i a=1" * 19 + ">нон") == "нон"
    for piece in ("<", "<!--", "&amp;", "-\n", "а", "њ", " ,", "'' ", '"а', "<script>", "<b ", "ва1, "):
        assert isinstance(repair(piece * 20_000), str)
