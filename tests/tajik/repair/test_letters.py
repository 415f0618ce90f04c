import pytest

from soro.tajik.repair import repair, repair_edits, repair_letters
from soro.tajik.repair.page import has_foreign_letters

TAJIK = "Ҳар рӯз ман ба мактаб меравам ва дарс мехонам."


@pytest.mark.parametrize(
    ("broken", "whole", "rule"),
    [
        ("Дар боѓи мо гул мешукуфад ва булбул мехонад.", "Дар боғи мо гул мешукуфад ва булбул мехонад.", "legacy-font"),
        (
            "Китобњои мо дар љевон меистанд ва нав ҳастанд.",
            "Китобҳои мо дар ҷевон меистанд ва нав ҳастанд.",
            "legacy-font",
        ),
        (
            "Мо дар синф хондему онҳо дар боғ дӯстī карданд.",
            "Мо дар синф хондему онҳо дар боғ дӯстӣ карданд.",
            "look-alike",
        ),
        ("Вай маⱪсади худро ба падару модараш гуфт.", "Вай мақсади худро ба падару модараш гуфт.", "look-alike"),
        (
            "Мо аз муаллим саволҳои осонро пурсидем, кӀадам задем.",
            "Мо аз муаллим саволҳои осонро пурсидем, қадам задем.",
            "look-alike",
        ),
        (
            "Ман тоҷикі ҳастам ва ба забони худ менависам.",
            "Ман тоҷикӣ ҳастам ва ба забони худ менависам.",
            "look-alike",
        ),
        ("Дар асри ХVIII дар ин шаҳр бозори калон буд.", "Дар асри XVIII дар ин шаҳр бозори калон буд.", "roman"),
        ("Китоби і дар ҷевон аст ва китоби дигар дар миз.", "Китоби i дар ҷевон аст ва китоби дигар дар миз.", "roman"),
        (
            "Бародари ман дap хона нест, вай ба бозор рафт.",
            "Бародари ман дар хона нест, вай ба бозор рафт.",
            "latin-twin",
        ),
        ("Cозмони мо дар шаҳр як мактаби нав сохт.", "Созмони мо дар шаҳр як мактаби нав сохт.", "latin-twin"),
    ],
)
def test_a_letter_in_a_tajik_line(broken: str, whole: str, rule: str) -> None:
    found = repair_edits(broken)
    assert found.text == whole
    assert {edit.rule for edit in found.edits} == {rule}


@pytest.mark.parametrize(
    "kept",
    [
        "Хабарнигорони BBCро дар шаҳри мо ҳама мешиносанд.",
        "Мо мошини Toyotaро дар бозори шаҳр дидем.",
        "Рӯзномаи «ИмрӯзNews» дар бораи мактаби мо навишт.",
        "Дар ин варақ хатоҳои чоп, мисли мtлод ва маҳаkла, ҳам ҳастанд.",
        "Дар асри XX дар ин шаҳр мактаби нав сохта шуд.",
        "Номи ӯро дар китоб Rūdakī навиштаанд ва ин дуруст аст.",
        "Пойтахти Украина, ки украинҳо Київ мегӯянд, шаҳри калон аст.",
        "Дар Белград шоир Љубичић зиндагӣ мекард ва шеър менавишт.",
    ],
)
def test_foreign_names_in_a_tajik_line_stay(kept: str) -> None:
    assert repair(kept) == kept


def test_each_paragraph_is_judged_alone() -> None:
    legacy = TAJIK.translate(str.maketrans("ҳҷӣӯқғҲҶӢӮҚҒ", "њљїўќѓЊЉЇЎЌЃ"))
    others = [
        "Ўзбекистон Республикаси Марказий Осиёда жойлашган ва унинг пойтахти Тошкент шаҳри бўлган.",
        "Београд је главни град Србије и њена највећа варош, љубав и њива.",
        "Київ є столицею України, і його населення їсть борщ.",
    ]
    mixed = "\n".join(line for other in others for line in (other, legacy))
    assert repair(mixed).split("\n") == [line for other in others for line in (other, TAJIK)]


def test_a_short_line_is_judged_with_its_neighbours() -> None:
    assert repair(f"Боѓи мо\n{TAJIK}") == f"Боғи мо\n{TAJIK}"
    assert repair(f"Ў рафт.\n{TAJIK}") == f"Ӯ рафт.\n{TAJIK}"
    assert repair(f"Ја сам љута.\n{TAJIK}") == f"Ја сам љута.\n{TAJIK}"


def test_lines_full_of_foreign_letters_are_not_tajik() -> None:
    assert has_foreign_letters("Мин күнү көрдүм, дьоннор кэллилэр")
    assert not has_foreign_letters("Мо дар боғ будем, њар рўз")


def test_letters_of_text_known_to_be_tajik() -> None:
    assert repair_letters("ȳ") == "ӯ"
    assert repair_letters("зиІэм") == "зиІэм"
    assert repair_letters("њар рўз дap мактаб") == "ҳар рӯз дар мактаб"
