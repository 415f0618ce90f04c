import numpy as np

from soro.core.seen import Growing, Seen, places_of_runs, sums_of_runs


def test_a_string_keeps_its_number_and_new_ones_are_named_in_their_order() -> None:
    seen = Seen()
    numbers, new = seen.look_up(["об", "нон", "об"])
    assert (numbers.tolist(), new) == ([0, 1, 0], ["об", "нон"])
    numbers, new = seen.look_up(["себ", "нон", "ангур"])
    assert (numbers.tolist(), new) == ([2, 1, 3], ["себ", "ангур"])
    assert len(seen) == 4


def test_an_array_grows_and_keeps_its_values() -> None:
    one, two = Growing(np.int64), Growing(np.int64, 2)
    for start in range(0, 5_000, 700):
        one.extend(np.arange(start, start + 700))
        two.extend([[start, 1]])
    one.extend([])
    assert one.values.tolist() == list(range(5_600))
    assert two.values.tolist() == [[start, 1] for start in range(0, 5_000, 700)]


def test_runs_may_be_empty() -> None:
    sizes = np.array([0, 2, 0, 3, 0])
    assert sums_of_runs(np.arange(5), sizes).tolist() == [0, 1, 0, 9, 0]
    assert places_of_runs(np.array([7, 10, 0, 20, 5]), sizes).tolist() == [10, 11, 20, 21, 22]
    assert places_of_runs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)).tolist() == []
