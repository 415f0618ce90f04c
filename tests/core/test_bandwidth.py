from soro.core import bandwidth


def test_bytes_a_second_of_all_threads(monkeypatch) -> None:
    monkeypatch.setattr(bandwidth, "BYTES_PER_THREAD", 1 << 20)
    ticks = iter(range(0, 1000, 2))
    monkeypatch.setattr(bandwidth.time, "perf_counter", lambda: next(ticks))
    assert bandwidth.read_bandwidth(3) == 3 * (1 << 20) / 2
