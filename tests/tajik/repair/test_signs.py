import pytest

from soro.tajik.repair import repair


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("як\r\nду\rсе\u2028чор", "як\nду\nсе\nчор"),
        ("китоб\u00ad\nхона", "китобхона"),
        ("ма\u200cк\u200dтаб", "мактаб"),
        ("нон \x96 шир", "нон – шир"),
        ("нон\x8a шир", "нон шир"),
        ("нон\x98 шир\x00", "нон шир"),
        ("нон \ue83a шир\U0010009a", "нон шир"),
        ("\ufeffнон", "нон"),
        ("  нон   шир \n\n\n\n об  ", "нон шир\n\nоб"),
        ("нон\u00a0\u2003шир", "нон шир"),
    ],
)
def test_signs_without_meaning(broken: str, whole: str) -> None:
    assert repair(broken) == whole


@pytest.mark.parametrize("kept", ["می\u200cخواهم", "¬p ∨ q", "A¬B", "👩\u200d🏫", "Ω ½ № °"])
def test_signs_with_a_meaning_stay(kept: str) -> None:
    assert repair(kept) == kept
