"""What a GGUF file says about itself, read without the engine, so that a bad file gets a clear error.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (versions 2 and 3, little endian).
"""

import mmap
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soro.core.errors import SoroError

MAGIC = b"GGUF"
CONTROL_TOKEN = 3  # tokenizer.ggml.token_type of tokens that steer the model and never stand for text
STRING, ARRAY = 8, 9
SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
# ggml type -> (values in a block, bytes in a block); a type missing here is not checked for its length
BLOCKS = {
    0: (1, 4),
    1: (1, 2),
    2: (32, 18),
    3: (32, 20),
    6: (32, 22),
    7: (32, 24),
    8: (32, 34),
    12: (256, 144),
    13: (256, 176),
    14: (256, 210),
    20: (32, 18),
    30: (1, 2),
}


@dataclass(frozen=True, kw_only=True)
class ModelFile:
    """A GGUF that can be served. `control_tokens` are texts that must not come from a user."""

    path: Path
    name: str
    architecture: str
    num_trained_tokens: int
    chat_template: str
    control_tokens: tuple[str, ...]


def find_model(path: Path) -> Path:
    """The GGUF itself: `path`, or the only `.gguf` in the folder `path`. Raises SoroError for none or several."""
    if path.is_file():
        return path
    if not path.is_dir():
        raise SoroError(f"model {path} is not there; give a .gguf file or a release folder")
    found = sorted(path.glob("*.gguf"))
    if not found:
        raise SoroError(f"model folder {path} holds no .gguf file; give a release folder or the .gguf itself")
    if len(found) > 1:
        names = ", ".join(file.name for file in found)
        raise SoroError(f"model folder {path} holds {len(found)} .gguf files ({names}); give one of them by name")
    return found[0]


def read_model_file(path: Path) -> ModelFile:
    """Read the header of the GGUF at `path` (file or folder). Raises SoroError for a file that is none or is cut."""
    file = find_model(path)
    size = file.stat().st_size
    with file.open("rb") as stream:
        if stream.read(4) != MAGIC:
            raise SoroError(f"model {file} is not a GGUF file (it does not begin with 'GGUF'); give a .gguf model")
        if size < 24:
            raise _cut(file, size)
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
            try:
                header, num_bytes_needed = _parse(data, file)
            except (struct.error, UnicodeDecodeError, ValueError, IndexError, KeyError) as error:
                raise _cut(file, size) from error
    if size < num_bytes_needed:
        raise _cut(file, size, f" of {num_bytes_needed:,}")
    return _describe(file, header)


def _cut(file: Path, size: int, needed: str = "") -> SoroError:
    return SoroError(f"model {file} is cut short or damaged ({size:,} bytes{needed}); copy or build it again")


def _describe(file: Path, header: dict[str, Any]) -> ModelFile:
    architecture = str(header.get("general.architecture", ""))
    tokens = header.get("tokenizer.ggml.tokens", [])
    kinds = header.get("tokenizer.ggml.token_type", [])
    if not architecture or not tokens:
        raise SoroError(f"model {file} holds no language model with its tokenizer; give a chat model in GGUF")
    return ModelFile(
        path=file,
        name=file.stem,
        architecture=architecture,
        num_trained_tokens=int(header.get(f"{architecture}.context_length", 0)),
        chat_template=str(header.get("tokenizer.chat_template", "")),
        control_tokens=tuple(text for text, kind in zip(tokens, kinds, strict=False) if kind == CONTROL_TOKEN),
    )


def _parse(data: mmap.mmap, file: Path) -> tuple[dict[str, Any], int]:
    """Key-value pairs of the header, and how many bytes the file must have for its tensors."""
    version, num_tensors, num_pairs = struct.unpack_from("<IQQ", data, 4)
    if version not in (2, 3):
        raise SoroError(f"model {file} is GGUF version {version}; version 2 or 3 is needed")
    reader = _Reader(data, 24)
    header: dict[str, Any] = {}
    for _ in range(num_pairs):
        key = reader.string()
        header[key] = reader.value(reader.scalar("I"))
    end = 0
    for _ in range(num_tensors):
        reader.string()
        shape = [reader.scalar("Q") for _ in range(reader.scalar("I"))]
        kind, offset = reader.scalar("I"), reader.scalar("Q")
        num_values = 1
        for length in shape:
            num_values *= length
        per_block, num_block_bytes = BLOCKS.get(kind, (1, 0))
        end = max(end, offset + num_values // per_block * num_block_bytes)
    alignment = int(header.get("general.alignment", 32))
    return header, -(-reader.position // alignment) * alignment + end


class _Reader:
    """Walks over the header; running past the end raises struct.error or IndexError."""

    def __init__(self, data: mmap.mmap, position: int) -> None:
        self.data, self.position = data, position

    def scalar(self, code: str) -> Any:
        value = struct.unpack_from("<" + code, self.data, self.position)[0]
        self.position += struct.calcsize("<" + code)
        return value

    def string(self) -> str:
        num_bytes = self.scalar("Q")
        raw = self.data[self.position : self.position + num_bytes]
        if len(raw) != num_bytes:
            raise IndexError(self.position)
        self.position += num_bytes
        return raw.decode("utf-8")

    def value(self, kind: int) -> Any:
        if kind == STRING:
            return self.string()
        if kind != ARRAY:
            return self.scalar(SCALARS[kind])
        inner, length = self.scalar("I"), self.scalar("Q")
        if inner in (STRING, ARRAY):
            read: Callable[[], Any] = self.string if inner == STRING else lambda: self.value(inner)
            return [read() for _ in range(length)]
        values = struct.unpack_from(f"<{length}{SCALARS[inner]}", self.data, self.position)
        self.position += struct.calcsize(f"<{length}{SCALARS[inner]}")
        return list(values)
