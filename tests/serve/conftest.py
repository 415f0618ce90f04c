"""A loaded tiny model, and a server over it on a free port."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from soro.serve.addresses import bind, urls_of
from soro.serve.app import make_server, open_engine
from soro.serve.engine import Engine

CONTEXT_TOKENS = 256


@pytest.fixture(scope="session")
def engine(tiny_gguf: Path) -> Iterator[Engine]:
    """The tiny model with two slots."""
    engine = open_engine(tiny_gguf, context_tokens=CONTEXT_TOKENS, num_threads=1, num_slots=2)
    yield engine
    engine.close()


@contextmanager
def serving(engine: Engine) -> Iterator[str]:
    """The server over `engine` on a thread; gives its address."""
    listener = bind("127.0.0.1", 0)
    server = make_server(engine)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield urls_of(listener)[0]
    server.should_exit = True
    thread.join(timeout=60)
    listener.close()


@pytest.fixture(scope="session")
def url(engine: Engine) -> Iterator[str]:
    with serving(engine) as address:
        yield address


@pytest.fixture
def force_answer(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the tiny model write a given answer, token by token, through a llama.cpp grammar."""

    def force(text: str) -> None:
        plain = Engine._completion
        quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

        def forced(self: Engine, *arguments: object) -> dict[str, object]:
            return plain(self, *arguments) | {"grammar": f'root ::= "{quoted}"'}  # type: ignore[arg-type]

        monkeypatch.setattr(Engine, "_completion", forced)

    return force


def wait_until(condition: Callable[[], object], timeout_s: float = 60.0) -> bool:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False
