"""`soro chat`: lines in, answers out; at a terminal and in a pipe."""

import asyncio
import contextlib
import sys
from pathlib import Path
from typing import TextIO

from soro.core.errors import SoroError
from soro.core.progress import say
from soro.serve.app import DEFAULT_CONTEXT_TOKENS, open_engine
from soro.serve.conversation import ContextExceeded, Message, make_prompt, with_letters
from soro.serve.engine import Engine, EngineError
from soro.serve.sampling import MAX_ANSWER_TOKENS, TEMPERATURE, Sampling

HELP = "Write a question and press Enter. /new begins a new conversation, /exit ends."


def chat(
    model: Path,
    *,
    context_tokens: int = DEFAULT_CONTEXT_TOKENS,
    num_threads: int = 0,
    max_tokens: int = MAX_ANSWER_TOKENS,
    temperature: float = TEMPERATURE,
    seed: int | None = None,
    chat_template: str = "",
) -> None:
    """Talk with the GGUF `model` (file or release folder): questions from stdin, a line each, answers to stdout.

    Prompts go to stderr. Ctrl+C stops an answer; between answers it ends, as /exit and the end of stdin do.
    """
    engine = open_engine(
        model, context_tokens=context_tokens, num_threads=num_threads, num_slots=1, chat_template=chat_template
    )
    sampling = Sampling(max_tokens=max_tokens, temperature=temperature, seed=seed)
    try:
        converse(engine, sampling, sys.stdin, sys.stdout)
    except KeyboardInterrupt:
        say("")
    finally:
        engine.close()


def converse(engine: Engine, sampling: Sampling, questions: TextIO, answers: TextIO) -> None:
    """Answer each line of `questions` until its end or /exit."""
    interactive = questions.isatty()
    messages: list[Message] = []
    if interactive:
        say(HELP)
    while True:
        if interactive:
            print("> ", end="", file=sys.stderr, flush=True)
        line = _read_line(questions)
        if line is None or line.strip() == "/exit":
            return
        if line.strip() == "/new":
            messages = []
            say("New conversation.")
        elif line.strip():
            messages = _turn(engine, sampling, [*messages, {"role": "user", "content": line.strip()}], answers)


def _read_line(questions: TextIO) -> str | None:
    try:
        return questions.readline() or None
    except UnicodeDecodeError as error:
        raise SoroError(
            f"the input is not UTF-8 (byte {error.start} of a block); convert it, for example with iconv"
        ) from error


def _turn(engine: Engine, sampling: Sampling, messages: list[Message], answers: TextIO) -> list[Message]:
    """The conversation with the answer added, or without the question when there was none."""
    written: list[str] = []
    try:
        asyncio.run(_answer(engine, sampling, messages, answers, written))
    except KeyboardInterrupt:
        say(" (stopped)")
    except ContextExceeded as error:
        say(f"The question has {error.num_tokens} tokens, the context holds {error.context_tokens}; shorten it.")
    except EngineError as error:
        raise SoroError(f"the model cannot answer: {error}") from error
    print(file=answers, flush=True)
    text = "".join(written)
    return [*messages, {"role": "assistant", "content": text}] if text.strip() else messages[:-1]


async def _answer(
    engine: Engine, sampling: Sampling, messages: list[Message], answers: TextIO, written: list[str]
) -> None:
    prompt = await make_prompt(engine, with_letters(messages), max_tokens=sampling.max_tokens, leave_out=True)
    async with contextlib.aclosing(engine.generate(prompt.tokens, sampling)) as pieces:
        async for piece in pieces:
            written.append(piece.text)
            print(piece.text, end="", file=answers, flush=True)
