"""Any tokenizer that people have on disk: a `tokenizer.json`, a GGUF, or a folder that holds one."""

import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from soro.checkpoint.tokenizer_file import gemma_tokenizer
from soro.core.artifact import MANIFEST
from soro.core.errors import SoroError
from soro.core.files import read_json

MERGES_KIND, SCORES_KIND = "gemma4", "llama"  # llama.cpp's names for the two ways a GGUF can say Gemma 3's tokenizer
CONTROL, USER_DEFINED = 3, 4  # token types of the GGUF format
SENTENCEPIECE_FILES = ("tokenizer.model", "vocab.json", "vocab.txt")  # what transformers makes a tokenizer of


def open_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of a file or folder, without truncation and padding. Raises SoroError when there is none to read."""
    file = tokenizer_path(path)
    if file.is_dir():
        tokenizer = from_transformers(file)
    elif file.suffix == ".gguf":
        tokenizer = from_gguf(file)
    else:
        try:
            tokenizer = Tokenizer.from_file(str(file))
        except Exception as error:  # the library raises nothing narrower
            raise SoroError(f"{file} is no tokenizer.json that can be read ({error}); save it again") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tokenizer_path(path: Path) -> Path:
    """The file a tokenizer is read from, or the folder where only transformers can. Raises SoroError when there is none."""
    if not path.exists():
        raise SoroError(f"tokenizer {path} is not there; name a tokenizer.json, a .gguf or the folder that holds one")
    if path.is_file():
        return path
    if (path / "tokenizer.json").is_file():
        return path / "tokenizer.json"
    models = sorted(path.glob("*.gguf"))
    is_artifact = (path / MANIFEST).is_file()
    if len(models) == 1 or (models and is_artifact):  # the GGUFs of one artifact share their tokenizer
        return models[0]
    if models:
        raise SoroError(f"{path} holds {len(models)} .gguf files; name one of them")
    if any((path / name).is_file() for name in SENTENCEPIECE_FILES):
        return path
    what = f"the artifact {path} ({read_json(path / MANIFEST).get('kind')})" if is_artifact else f"the folder {path}"
    raise SoroError(f"{what} holds no tokenizer; name one with a tokenizer.json or a .gguf, such as BUILD/vocab")


def from_gguf(path: Path) -> Tokenizer:
    """The tokenizer of a Gemma 3 GGUF exactly; of another model as transformers rebuilds it."""
    from gguf import GGUFReader

    from soro.checkpoint.gguf_base import read_gguf_tokenizer  # with torch, slow to import

    try:
        fields = GGUFReader(str(path)).fields
        kind = fields["tokenizer.ggml.model"].contents()
        architecture = fields["general.architecture"].contents()
    except (ValueError, KeyError, IndexError) as error:
        raise SoroError(f"{path} is not a GGUF file with a tokenizer ({error}); copy or download it again") from error
    if kind == MERGES_KIND:
        return read_tokenizer(merged_tokenizer(fields))
    if kind == SCORES_KIND and architecture == "gemma3":
        return read_tokenizer(read_gguf_tokenizer(path))
    return from_transformers(path.parent, gguf_file=path.name)


def merged_tokenizer(fields: Any) -> dict[str, Any]:
    """`tokenizer.json` out of the pieces, types and merges of a GGUF, as the stage quantize writes them."""
    pieces = fields["tokenizer.ggml.tokens"].contents()
    types = fields["tokenizer.ggml.token_type"].contents()
    merges = [tuple(merge.split(" ", 1)) for merge in fields["tokenizer.ggml.merges"].contents()]
    added = {
        piece: kind == CONTROL for piece, kind in zip(pieces, types, strict=True) if kind in (CONTROL, USER_DEFINED)
    }
    return gemma_tokenizer(pieces, merges, added)


def read_tokenizer(value: dict[str, Any]) -> Tokenizer:
    return Tokenizer.from_str(json.dumps(value, ensure_ascii=False))


def from_transformers(folder: Path, gguf_file: str | None = None) -> Tokenizer:
    """The fast tokenizer that transformers makes of older files. Raises SoroError where it makes none."""
    from transformers import AutoTokenizer  # slow to import

    named = {"gguf_file": gguf_file} if gguf_file else {}
    where = folder / gguf_file if gguf_file else folder
    try:
        loaded = AutoTokenizer.from_pretrained(folder, local_files_only=True, **named)
        return loaded.backend_tokenizer
    except Exception as error:  # transformers raises what its many formats raise
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise SoroError(f"{where}: transformers cannot read its tokenizer ({reason}); name a tokenizer.json") from error
