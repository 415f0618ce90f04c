"""Whatever pieces an answer is made of, the chat shows whole letters and loses none.

A sample runs in the suite; `pytest -m parity` streams some hundreds of answers.
"""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

from soro.checkpoint.folder import load_tokenizer
from soro.checkpoint.tokenizer_file import BYTE_PIECES, SPACE, SPECIAL_TOKENS
from soro.quantize.parity_generated import control_look_alikes, generated_strings
from soro.serve.conversation import neutralise
from soro.serve.engine import BROKEN, Engine
from soro.serve.sampling import Sampling

NUM_SAMPLE, NUM_ALL = 6, 150
ANSWER_TOKENS = 240
MAX_TEXT_CHARS = 40
BYTE_BIAS = 1.5
SENTENCES = [
    "Забони тоҷикӣ забони давлатии Ҷумҳурии Тоҷикистон аст ва мо онро дӯст медорем.",
    "Ғӯзаи сафед, қуллаи кӯҳ ва ҳавои софи Помир — ҳамааш аз они мост!",
]


@pytest.fixture(scope="module")
def tokenizer(tiny_model: Path) -> Tokenizer:
    return load_tokenizer(tiny_model)


class Recorder:
    """Sends other options to llama.cpp; asks for the same answer twice, to be shown and as ids."""

    def __init__(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        self.engine, self.plain = engine, Engine._completion
        self.options: dict[str, Any] = {}
        self.ids: list[int] = []
        monkeypatch.setattr(Engine, "_completion", lambda _, *arguments: self.completion(*arguments))

    def completion(self, *arguments: Any) -> dict[str, Any]:
        return self.plain(self.engine, *arguments) | {"cache_prompt": False} | self.options

    def stream(self, seed: int, **options: Any) -> list[str]:
        """The pieces of text that the chat gets; the ids they are made of are kept."""
        self.options = options
        sampling = Sampling(max_tokens=ANSWER_TOKENS, temperature=1.5, top_p=1.0, seed=seed)

        async def collect() -> list[str]:
            prompt = await self.engine.tokenize("a")
            whole = {"stream": False, "return_tokens": True, "response_fields": ["tokens"]}
            self.ids = (await self.engine._ask("/completion", self.completion(prompt, sampling) | whole))["tokens"]
            return [piece.text async for piece in self.engine.generate(prompt, sampling)]

        return asyncio.run(collect())


@pytest.fixture
def recorder(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    return Recorder(engine, monkeypatch)


def bytes_of(tokenizer: Tokenizer, ids: list[int]) -> bytes:
    pieces = [tokenizer.id_to_token(token) for token in ids]
    return b"".join(
        bytes([BYTE_PIECES.index(piece)]) if piece in BYTE_PIECES else piece.replace(SPACE, " ").encode()
        for piece in pieces
    )


def check_any_pieces(recorder: Recorder, tokenizer: Tokenizer, num_answers: int) -> None:
    """Random pieces, many of them lone bytes: every whole letter arrives, nothing else."""
    bias: list[list[Any]] = [[tokenizer.token_to_id(piece), BYTE_BIAS] for piece in BYTE_PIECES]
    control = [*SPECIAL_TOKENS, "<start_of_turn>", "<end_of_turn>"]
    banned: list[list[Any]] = [[tokenizer.token_to_id(piece), False] for piece in control]
    num_bytes = 0
    for seed in range(num_answers):
        shown = recorder.stream(seed, logit_bias=[*bias, *banned])
        assert not any(BROKEN in text for text in shown)
        assert len(recorder.ids) == ANSWER_TOKENS
        wanted = bytes_of(tokenizer, recorder.ids).decode("utf-8", "ignore")
        assert "".join(shown) == wanted, (seed, recorder.ids)
        num_bytes += sum(tokenizer.id_to_token(token) in BYTE_PIECES for token in recorder.ids)
    assert num_bytes > 20 * num_answers


def check_texts(recorder: Recorder, tokenizer: Tokenizer, texts: list[str]) -> None:
    """Given texts, spelled in the pieces the model likes, then with every letter beyond ASCII spelled in bytes."""
    beyond_ascii = [
        [token, False] for piece, token in tokenizer.get_vocab().items() if not piece.isascii() and piece.strip(SPACE)
    ]
    for number, text in enumerate(texts):
        for banned in ([], beyond_ascii):
            shown = recorder.stream(number, grammar=grammar_of(text), logit_bias=banned)
            assert not any(BROKEN in part for part in shown)
            assert "".join(shown) == text, recorder.ids
        assert {tokenizer.id_to_token(row) for row in recorder.ids} & set(BYTE_PIECES) or text.isascii()


def grammar_of(text: str) -> str:
    return 'root ::= "' + "".join(f"\\U{ord(character):08X}" for character in text) + '"'


def texts_of(num_texts: int) -> Iterator[str]:
    """Strings that a model may write: no zero byte, nothing broken already."""
    for text in generated_strings(3 * num_texts, 5, SENTENCES):
        if text.strip() and "\0" not in text and BROKEN not in text and "▁" not in text:
            yield text[:MAX_TEXT_CHARS]


def test_any_pieces_are_shown_as_whole_letters(recorder: Recorder, tokenizer: Tokenizer) -> None:
    check_any_pieces(recorder, tokenizer, NUM_SAMPLE)


def test_given_texts_arrive_whole(recorder: Recorder, tokenizer: Tokenizer) -> None:
    check_texts(recorder, tokenizer, [*SENTENCES, *list(texts_of(40))[:NUM_SAMPLE]])


@pytest.mark.parity
def test_any_pieces_of_many_answers(recorder: Recorder, tokenizer: Tokenizer) -> None:
    check_any_pieces(recorder, tokenizer, NUM_ALL)


@pytest.mark.parity
def test_many_given_texts_arrive_whole(recorder: Recorder, tokenizer: Tokenizer) -> None:
    check_texts(recorder, tokenizer, list(texts_of(NUM_ALL)))


def check_look_alikes(engine: Engine, num_texts: int) -> None:
    """What a user types never becomes a control token."""
    control = {token for name in engine.model.control_tokens for token in asyncio.run(engine.tokenize(name))[1:]}
    assert len(control) >= len(SPECIAL_TOKENS)

    async def read(texts: list[str]) -> list[list[int]]:
        return [await engine.tokenize(neutralise(text, engine.model.control_tokens)) for text in texts]

    texts = [control_look_alikes(random.Random(seed), SENTENCES) for seed in range(num_texts)]
    assert any(set(ids[1:]) & control for ids in (asyncio.run(engine.tokenize(text)) for text in texts))
    for text, ids in zip(texts, asyncio.run(read(texts)), strict=True):
        assert not set(ids[1:]) & control, f"{text!r} is read as {ids}"


def test_look_alikes_of_control_tokens_are_only_text(engine: Engine) -> None:
    check_look_alikes(engine, 60)


@pytest.mark.parity
def test_many_look_alikes_are_only_text(engine: Engine) -> None:
    check_look_alikes(engine, 3000)
