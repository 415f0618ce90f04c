"""The server as a school runs it: a process of its own."""

import os
import re
import resource
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from soro.core.errors import SoroError
from soro.serve.addresses import bind
from soro.serve.app import open_engine, serve

MAX_START_CPU_S = 5.0  # of a processor's time, so that a busy machine does not fail the test
PROGRAM = "import sys; from pathlib import Path; from soro.serve.app import serve; serve(Path(sys.argv[1]), port=0)"


@contextmanager
def process(model: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", PROGRAM, str(model)]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_starts_quickly_and_stops_tidily(tiny_gguf: Path, tmp_path: Path, sent: signal.Signals) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with process(tiny_gguf, tmp_path) as running:
        assert running.stderr
        ready, how_to_stop = running.stderr.readline(), running.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", ready)
        assert address
        assert "Ctrl+C" in how_to_stop
        with urllib.request.urlopen(address.group() + "/healthz", timeout=60) as reply:
            assert reply.status == 200
        running.send_signal(sent)
        out, err = running.communicate(timeout=60)
        assert (running.returncode, out, err) == (0, "", "Stopped.\n")
        assert not list(tmp_path.iterdir())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < MAX_START_CPU_S


def test_serving_needs_no_torch() -> None:
    program = (
        "import sys, soro.serve.app, soro.serve.terminal; print('torch' in sys.modules, 'transformers' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["False", "False"]


def test_a_taken_port_is_found_before_the_model_is_read(tmp_path: Path) -> None:
    with bind("127.0.0.1", 0) as taken, pytest.raises(SoroError, match="is taken"):
        serve(tmp_path / "no-model.gguf", port=taken.getsockname()[1])


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"context_tokens": 1}, "context_tokens is 1"),
        ({"num_threads": -1}, "num_threads"),
        ({"num_slots": 0}, "num_slots"),
    ],
)
def test_a_number_out_of_range_is_refused(tiny_gguf: Path, numbers: dict[str, int], message: str) -> None:
    with pytest.raises(SoroError, match=message):
        open_engine(tiny_gguf, **numbers)  # type: ignore[arg-type]


def test_a_context_beyond_the_model_is_cut(tiny_gguf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engine = open_engine(tiny_gguf, context_tokens=10**6, num_threads=1, num_slots=1)
    engine.close()
    assert engine.context_tokens == engine.model.num_trained_tokens < 10**6
    assert str(engine.context_tokens) in capsys.readouterr().err
