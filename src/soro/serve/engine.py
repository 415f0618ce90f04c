"""llama.cpp through `xllamacpp`: the only file that knows it.

`xllamacpp.Server` runs llama.cpp's own server on a thread of this process. It listens on a Unix socket in a private
folder, where only this user can reach it, and does the batching of several answers at once. Its log is off, because a
log line may quote what a pupil wrote.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soro.core.errors import SoroError
from soro.serve.local_http import open_reply
from soro.serve.model_file import ModelFile
from soro.serve.sampling import DRY_BASE, NUM_PENALISED_TOKENS, Sampling

QUIET = -1  # llama.cpp's verbosity below which it prints nothing at all
BROKEN = "\N{REPLACEMENT CHARACTER}"  # what llama.cpp puts for bytes that are no letter
NUM_SPINS = "1000"  # rounds that a thread waits before it lets another program have the core
HTTP_THREADS_SPARE = 8  # beside one for each answer that runs


class EngineError(Exception):
    """llama.cpp refused or broke off; the text is its own."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of an answer; the last one says why it ended ("stop" or "length")."""

    text: str
    num_answer_tokens: int
    finish_reason: str | None = None


class Engine:
    """One loaded model. Answers run side by side, `num_slots` at a time; further ones wait for their turn."""

    def __init__(
        self, model: ModelFile, *, context_tokens: int, num_threads: int, num_slots: int, chat_template: str = ""
    ) -> None:
        """Load the model, outside of a running event loop.

        `num_threads` 0 means one for each core; a given `chat_template` (Jinja) replaces the file's.

        Raises SoroError for a model without a chat template or one that llama.cpp cannot load.
        """
        if not (chat_template or model.chat_template):
            raise SoroError(f"model {model.path} has no chat template, so it cannot chat; give a tuned model")
        self.model = model
        self.context_tokens = min(context_tokens, model.num_trained_tokens or context_tokens)
        self.num_slots = num_slots
        self._folder = Path(tempfile.mkdtemp(prefix="soro-"))
        self._socket_file = self._folder / "engine.sock"
        try:
            self._server: Any = _start(self, num_threads, chat_template)
            asyncio.run(self.num_busy())  # its loop runs now; closing it earlier would wait for ever
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    @property
    def socket_file(self) -> Path:
        return self._socket_file

    async def render(self, messages: Sequence[dict[str, str]]) -> str:
        """The prompt that the model's chat template makes of `messages`. Raises EngineError when it refuses them."""
        return str((await self._ask("/apply-template", {"messages": list(messages)}))["prompt"])

    async def tokenize(self, prompt: str) -> list[int]:
        """Token ids of a rendered prompt, the begin token added where the model wants it."""
        body = {"content": prompt, "add_special": True, "parse_special": True}
        return list((await self._ask("/tokenize", body))["tokens"])

    async def num_busy(self) -> int:
        """How many answers are being written now."""
        return sum(slot["is_processing"] for slot in await self._ask("/slots"))

    async def generate(self, tokens: Sequence[int], sampling: Sampling) -> AsyncGenerator[Piece, None]:
        """Write an answer to the prompt `tokens`, piece by piece, whole letters only. Closing the iterator stops it."""
        try:
            async with open_reply(self._socket_file, "/completion", self._completion(tokens, sampling)) as reply:
                if reply.status != 200:
                    raise EngineError(_message(await reply.json()))
                async for event in reply.events():
                    if "error" in event:
                        raise EngineError(_message(event))
                    yield _piece(event)
                    if event["stop"]:
                        return
        except (OSError, asyncio.IncompleteReadError, ValueError, IndexError) as error:
            raise EngineError("the engine broke off") from error
        raise EngineError("the engine broke off")

    def _completion(self, tokens: Sequence[int], sampling: Sampling) -> dict[str, Any]:
        return {
            "prompt": list(tokens),
            "stream": True,
            "n_predict": max(1, min(sampling.max_tokens, self.context_tokens - len(tokens))),
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "repeat_penalty": sampling.repeat_penalty,
            "repeat_last_n": NUM_PENALISED_TOKENS,
            "dry_multiplier": sampling.dry_multiplier,
            "dry_base": DRY_BASE,
            "dry_allowed_length": sampling.dry_allowed_length,
            "dry_penalty_last_n": self.context_tokens,
            "frequency_penalty": sampling.frequency_penalty,
            "presence_penalty": sampling.presence_penalty,
            "stop": list(sampling.stop),
            "seed": -1 if sampling.seed is None else sampling.seed,
            "response_fields": ["content", "stop", "stop_type", "tokens_predicted"],
        }

    async def _ask(self, path: str, body: Any = None) -> Any:
        try:
            async with open_reply(self._socket_file, path, body) as reply:
                value = await reply.json()
        except (OSError, asyncio.IncompleteReadError, ValueError, IndexError) as error:
            raise EngineError("the engine does not answer") from error
        if reply.status != 200:
            raise EngineError(_message(value))
        return value

    def close(self) -> None:
        """Unload the model; answers under way break off."""
        self._server = None
        shutil.rmtree(self._folder, ignore_errors=True)


def _start(engine: Engine, num_threads: int, chat_template: str) -> Any:
    # llama.cpp's threads wait for each other with libgomp, which spins 300,000 rounds by default; where another program
    # holds a core, that made an answer three times slower. libgomp reads this once, when it is loaded.
    os.environ.setdefault("GOMP_SPINCOUNT", NUM_SPINS)
    try:
        import xllamacpp
    except ModuleNotFoundError as error:
        raise SoroError("the package 'xllamacpp' is not installed; run: pip install soro") from error
    except ImportError as error:
        raise SoroError(
            f"xllamacpp cannot be loaded ({error}); on Debian or Ubuntu run: apt install libgomp1"
        ) from error
    params = xllamacpp.CommonParams()
    params.model.path = str(engine.model.path)
    params.hostnames, params.ui, params.verbosity = [str(engine.socket_file)], False, QUIET
    params.n_parallel, params.n_ctx = engine.num_slots, engine.context_tokens * engine.num_slots
    params.n_threads_http = engine.num_slots + HTTP_THREADS_SPARE
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = num_threads or _num_cores()
    params.fit_params = False  # no GPU memory to fit into
    # The whole attention window is kept, so that the next question of a conversation reads only what is new. That
    # makes checkpoints and a second cache in memory (8 GB by default) unnecessary.
    params.swa_full, params.n_ctx_checkpoints, params.cache_ram_mib = True, 0, 0
    params.reasoning_format = xllamacpp.common_reasoning_format.COMMON_REASONING_FORMAT_NONE
    if chat_template:
        params.chat_template = chat_template
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise SoroError(
            f"llama.cpp cannot load {engine.model.path} (architecture {engine.model.architecture!r}); the file is "
            "damaged, needs a newer xllamacpp, or the memory is too small"
        ) from error


def _num_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _piece(event: dict[str, Any]) -> Piece:
    finish_reason = None
    if event["stop"]:
        finish_reason = "length" if event["stop_type"] == "limit" else "stop"
    text = event["content"].replace(BROKEN, "")
    return Piece(text=text, num_answer_tokens=event["tokens_predicted"], finish_reason=finish_reason)


def _message(value: Any) -> str:
    error = value.get("error", value) if isinstance(value, dict) else value
    return str(error.get("message", error) if isinstance(error, dict) else error)
