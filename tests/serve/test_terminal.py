import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from soro.core.errors import SoroError
from soro.serve.engine import Engine
from soro.serve.sampling import Sampling
from soro.serve.terminal import converse


def talk(engine: Engine, lines: str) -> str:
    answers = io.StringIO()
    converse(engine, Sampling(max_tokens=60), io.StringIO(lines), answers)
    return answers.getvalue()


def test_each_line_gets_its_answer(engine: Engine, force_answer: Callable[[str], None]) -> None:
    force_answer("Ҷавоб.")
    assert talk(engine, "Як\n\nДу\n") == "Ҷавоб.\nҶавоб.\n"


def test_exit_ends(engine: Engine, force_answer: Callable[[str], None]) -> None:
    force_answer("Ҷавоб.")
    assert talk(engine, "Як\n/exit\nДу\n") == "Ҷавоб.\n"


def test_new_forgets(engine: Engine, force_answer: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    force_answer("Ҷавоб.")
    told: list[int] = []
    plain = Engine.render

    async def render(self: Engine, messages: list[dict[str, str]]) -> str:
        told.append(len(messages))
        return await plain(self, messages)

    monkeypatch.setattr(Engine, "render", render)
    talk(engine, "Як\nДу\n/new\nСе\n")
    assert told == [1, 3, 1]


def test_a_question_that_is_too_long_is_said_and_forgotten(
    engine: Engine, force_answer: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    force_answer("Ҷавоб.")
    assert talk(engine, "савол " * 400 + "\nЯк\n") == "\nҶавоб.\n"
    assert f"the context holds {engine.context_tokens}" in capsys.readouterr().err


def test_input_that_is_not_utf8_is_refused(engine: Engine) -> None:
    lines = io.TextIOWrapper(io.BytesIO(b"\xd1\xff\n"), encoding="utf-8")
    with pytest.raises(SoroError, match="not UTF-8"):
        converse(engine, Sampling(), lines, io.StringIO())


def test_works_in_a_pipe(tiny_gguf: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from soro.serve.terminal import chat;"
        "chat(Path(sys.argv[1]), num_threads=1, max_tokens=3, seed=1)"
    )
    command = [sys.executable, "-c", program, str(tiny_gguf)]
    done = subprocess.run(command, input="Салом\n".encode(), capture_output=True, timeout=60, check=True)
    assert done.stdout.endswith(b"\n")
    assert b">" not in done.stderr
