"""`soro serve`: one process with the model, the API and the page."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import uvicorn

from soro.core.errors import SoroError
from soro.core.progress import say
from soro.serve.addresses import bind, urls_of
from soro.serve.api import create_app
from soro.serve.engine import Engine
from soro.serve.model_file import ModelFile, read_model_file

DEFAULT_CONTEXT_TOKENS = 2048
DEFAULT_NUM_SLOTS = 4
MIN_CONTEXT_TOKENS = 64
SHUTDOWN_S = 1  # how long answers under way may go on after Ctrl+C


def open_engine(
    model: Path,
    *,
    context_tokens: int = DEFAULT_CONTEXT_TOKENS,
    num_threads: int = 0,
    num_slots: int = DEFAULT_NUM_SLOTS,
    chat_template: str = "",
) -> Engine:
    """Load the GGUF `model` (file or release folder). Raises SoroError for a bad file or number."""
    file = read_model_file(model)
    check_numbers(file, context_tokens, num_threads, num_slots)
    return Engine(
        file,
        context_tokens=context_tokens,
        num_threads=num_threads,
        num_slots=num_slots,
        chat_template=chat_template,
    )


def check_numbers(file: ModelFile, context_tokens: int, num_threads: int, num_slots: int) -> None:
    """Raises SoroError for a number out of its range; says so when the context is cut to what the model knows."""
    if context_tokens < MIN_CONTEXT_TOKENS:
        raise SoroError(f"context_tokens is {context_tokens}, must be at least {MIN_CONTEXT_TOKENS}")
    if num_threads < 0:
        raise SoroError(f"num_threads is {num_threads}, must be at least 1, or 0 for one on each core")
    if not 1 <= num_slots <= 64:
        raise SoroError(f"num_slots is {num_slots}, must be from 1 to 64")
    if 0 < file.num_trained_tokens < context_tokens:
        say(f"The model knows contexts of up to {file.num_trained_tokens} tokens; that is used, not {context_tokens}.")


def serve(
    model: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    context_tokens: int = DEFAULT_CONTEXT_TOKENS,
    num_threads: int = 0,
    num_slots: int = DEFAULT_NUM_SLOTS,
    chat_template: str = "",
) -> None:
    """Serve the GGUF `model` (file or release folder) until Ctrl+C or SIGTERM.

    `context_tokens` is for one conversation, `num_slots` answers are written at once, `num_threads` 0 means one for
    each core. The port is bound before the model is loaded. Raises SoroError for a bad model, a taken port, a wrong
    number.
    """
    listener = bind(host, port)
    engine: Engine | None = None
    try:
        with interrupt_on_sigterm():
            engine = open_engine(
                model,
                context_tokens=context_tokens,
                num_threads=num_threads,
                num_slots=num_slots,
                chat_template=chat_template,
            )
            announce(engine, listener)
            make_server(engine).run(sockets=[listener])
        say("Stopped.")
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        listener.close()
        if engine:
            engine.close()


def announce(engine: Engine, listener: socket.socket) -> None:
    """Say where the page is, and how to stop."""
    here, *network = urls_of(listener)
    say(f"Soro ({engine.model.name}) is ready. Open {here}")
    for url in network:
        say(f"  from a phone or another computer on this network: {url}")
    say("Press Ctrl+C to stop.")


def make_server(engine: Engine) -> uvicorn.Server:
    """The HTTP server over a loaded model; it writes no log."""
    config = uvicorn.Config(
        create_app(engine),
        lifespan="off",
        log_config=None,
        access_log=False,
        log_level="critical",
        timeout_graceful_shutdown=SHUTDOWN_S,
        server_header=False,
    )
    return uvicorn.Server(config)


@contextmanager
def interrupt_on_sigterm() -> Iterator[None]:
    """SIGTERM ends the program as Ctrl+C does, with everything tidied up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
