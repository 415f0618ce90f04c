"""llama.cpp through `xllamacpp`, as the judge of a finished GGUF: the only file of this stage that knows it.

The server listens on a Unix socket in a private folder; calls are plain and wait for their answer.
"""

import http.client
import json
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from soro.core.errors import SoroError, missing_extra

QUIET = -1  # llama.cpp's verbosity below which it prints nothing
TIMEOUT_S = 300.0


class LlamaServer:
    """A loaded GGUF that answers questions about tokens, prompts and continuations."""

    def __init__(self, socket_file: Path) -> None:
        self.socket_file = socket_file

    def tokenize(self, text: str) -> list[int]:
        """Token ids of `text` without <bos>; special tokens in it are taken as such, as `tokenizers` does."""
        body = {"content": text, "add_special": False, "parse_special": True}
        return list(self.ask("/tokenize", body)["tokens"])

    def detokenize(self, ids: list[int]) -> str:
        return str(self.ask("/detokenize", {"tokens": ids})["content"])

    def chat_prompt(self, messages: list[dict[str, str]]) -> str:
        """What the GGUF's own chat template makes of `messages`, up to where the answer begins."""
        return str(self.ask("/apply-template", {"messages": messages})["prompt"])

    def complete(self, ids: list[int], num_tokens: int, *, ignore_eos: bool = False) -> dict[str, Any]:
        """The greedy continuation of `ids`: llama.cpp's reply with "tokens", "content", "stop_type" and "timings"."""
        body = {
            "prompt": ids,
            "n_predict": num_tokens,
            "temperature": 0.0,
            "top_k": 1,
            "ignore_eos": ignore_eos,
            "return_tokens": True,
            "cache_prompt": False,
        }
        return dict(self.ask("/completion", body))

    def ask(self, path: str, body: dict[str, Any]) -> Any:
        connection = http.client.HTTPConnection("localhost", timeout=TIMEOUT_S)
        try:
            connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.sock.settimeout(TIMEOUT_S)
            connection.sock.connect(str(self.socket_file))
            connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
            reply = connection.getresponse()
            value = json.loads(reply.read())
        finally:
            connection.close()
        if reply.status != 200:
            raise SoroError(f"llama.cpp refused {path}: {value.get('error', {}).get('message', value)}")
        return value


@contextmanager
def open_llama(model: Path, *, context_tokens: int = 1024, num_threads: int = 1) -> Iterator[LlamaServer]:
    """Load a GGUF. Raises SoroError when llama.cpp cannot read it."""
    try:
        import xllamacpp
    except ImportError as error:
        raise missing_extra("xllamacpp", "quantize") from error
    folder = Path(tempfile.mkdtemp(prefix="soro-"))
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.hostnames, params.ui, params.verbosity = [str(folder / "engine.sock")], False, QUIET
    params.n_parallel, params.n_ctx = 1, context_tokens
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = num_threads
    params.fit_params, params.cache_ram_mib, params.n_ctx_checkpoints = False, 0, 0
    server: Any = None
    try:
        server = xllamacpp.Server(params)
        yield LlamaServer(folder / "engine.sock")
    except RuntimeError as error:
        raise SoroError(f"llama.cpp cannot load {model} ({error}); build it again") from error
    finally:
        del server
        shutil.rmtree(folder, ignore_errors=True)
