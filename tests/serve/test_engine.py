import asyncio
import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from soro.core.errors import SoroError
from soro.serve.app import open_engine
from soro.serve.conversation import make_prompt
from soro.serve.engine import Engine, EngineError, Piece
from soro.serve.sampling import Sampling

LETTERS = "ғӣқӯҳҷ ҒӢҚӮҲҶ 😀"


async def answer(engine: Engine, sampling: Sampling, question: str = "салом") -> list[Piece]:
    message = {"role": "user", "content": question}
    prompt = await make_prompt(engine, [message], max_tokens=sampling.max_tokens, leave_out=False)
    return [piece async for piece in engine.generate(prompt.tokens, sampling)]


def text_of(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def test_letters_made_of_byte_tokens_come_whole(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Engine._completion
    spelled = [asyncio.run(engine.tokenize(letter))[1:] for letter in LETTERS]
    banned = [[ids[0], False] for ids in spelled if len(ids) == 1 and ids != asyncio.run(engine.tokenize(" "))[1:]]
    grammar = "root ::= " + " ".join(f'"{letter}"' for letter in LETTERS)

    def forced(self: Engine, *arguments: object) -> dict[str, object]:
        return plain(self, *arguments) | {"grammar": grammar, "logit_bias": banned}  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "_completion", forced)
    pieces = asyncio.run(answer(engine, Sampling(max_tokens=100)))
    assert text_of(pieces) == LETTERS
    assert pieces[-1].num_answer_tokens >= len(LETTERS.replace(" ", "").encode())  # one token a byte
    assert sum(bool(piece.text) for piece in pieces) >= len(LETTERS.replace(" ", ""))


def test_a_seed_gives_the_same_answer_again(engine: Engine) -> None:
    first, again, other = (
        text_of(asyncio.run(answer(engine, Sampling(max_tokens=40, temperature=2.0, top_p=1.0, seed=seed))))
        for seed in (7, 7, 8)
    )
    assert first == again
    assert "\N{REPLACEMENT CHARACTER}" not in first + other


def test_the_limit_ends_an_answer(engine: Engine, force_answer: Callable[[str], None]) -> None:
    force_answer("салом дӯстон " * 10)
    last = asyncio.run(answer(engine, Sampling(max_tokens=5)))[-1]
    assert (last.finish_reason, last.num_answer_tokens) == ("length", 5)


def test_a_stop_text_ends_an_answer_and_is_not_shown(engine: Engine, force_answer: Callable[[str], None]) -> None:
    force_answer("як ду се чор")
    pieces = asyncio.run(answer(engine, Sampling(max_tokens=100, stop=("се",))))
    assert text_of(pieces) == "як ду "
    assert pieces[-1].finish_reason == "stop"


def test_answers_run_side_by_side(engine: Engine, force_answer: Callable[[str], None]) -> None:
    force_answer("Ҷавоб дар бораи ҳаво.")

    async def five() -> list[list[Piece]]:
        return await asyncio.gather(*(answer(engine, Sampling(max_tokens=100), f"савол {i}") for i in range(5)))

    assert [text_of(pieces) for pieces in asyncio.run(five())] == ["Ҷавоб дар бораи ҳаво."] * 5


def test_closing_an_answer_hangs_up_on_the_engine(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """llama.cpp stops an answer when its connection closes; a stand-in that never ends shows that it does close."""

    async def hang_up() -> bool:
        closed = asyncio.Event()

        async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            event = b'data: {"content": "a", "stop": false, "tokens_predicted": 1}\n\n'
            writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(event), event))
            await reader.readuntil(b"}")
            with contextlib.suppress(ConnectionError):
                await reader.read()
            closed.set()
            writer.close()

        kept_open = []  # else the garbage collector would hang up
        connect = asyncio.open_unix_connection

        async def connect_and_keep(*arguments: Any, **options: Any) -> Any:
            kept_open.append(await connect(*arguments, **options))
            return kept_open[-1]

        monkeypatch.setattr(asyncio, "open_unix_connection", connect_and_keep)
        socket_file = tmp_path / "s.sock"
        monkeypatch.setattr(engine, "_socket_file", socket_file)
        async with await asyncio.start_unix_server(endless, str(socket_file)):
            async with contextlib.aclosing(engine.generate([1], Sampling())) as pieces:
                await anext(pieces)
            await asyncio.wait_for(closed.wait(), timeout=60)
        return closed.is_set()

    assert asyncio.run(hang_up())


def test_an_engine_that_is_gone_is_an_error(engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine, "_socket_file", tmp_path / "nobody.sock")
    with pytest.raises(EngineError):
        asyncio.run(engine.tokenize("салом"))


def test_a_model_without_a_template_is_refused(tiny_gguf: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.gguf"
    base.write_bytes(tiny_gguf.read_bytes().replace(b"tokenizer.chat_template", b"tokenizer.chat_templote"))
    with pytest.raises(SoroError, match="no chat template"):
        open_engine(base)


def test_a_model_that_the_engine_cannot_load_is_refused(tiny_gguf: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.gguf"
    odd.write_bytes(tiny_gguf.read_bytes().replace(b"blk.0.attn_q.weight", b"blk.0.attn_z.weight"))
    with pytest.raises(SoroError, match=r"cannot load .*odd\.gguf"):
        open_engine(odd)


def test_nothing_of_a_question_is_logged(
    engine: Engine, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        asyncio.run(answer(engine, Sampling(max_tokens=3), "рози ман"))
    written = capfd.readouterr()
    assert "рози" not in written.out + written.err + caplog.text
    assert not written.out + written.err
