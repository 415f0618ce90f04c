import pytest

from soro.core.hashes import run_hashes, string_hashes

WORDS = ["санг", "об", "", "барф", "об"]


def test_hashes_depend_on_the_string_alone() -> None:
    found = string_hashes(WORDS)
    assert found[1] == found[4] and len(set(found.tolist())) == 4
    assert found.tolist() == [int(string_hashes([word])[0]) for word in WORDS]
    assert string_hashes(["санг"]).tolist() == [979444493707881242]  # the same in every version: kept on disk


def test_long_strings_differ_by_length_too() -> None:
    assert len({int(string_hashes([letter * size])[0]) for letter in "аб" for size in (1_000, 1_001, 5_000)}) == 6


def test_a_run_is_known_by_its_members_and_their_order() -> None:
    found = run_hashes(string_hashes(["а", "б", "а", "б", "в"]), 2).tolist()
    assert found[0] == found[2] and len(set(found)) == 3
    assert run_hashes(string_hashes(["а"]), 2).tolist() == []
    assert string_hashes([]).tolist() == []


def test_a_line_end_in_a_string_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="line end"):
        string_hashes(["а\nб"])
