"""The weights of a Hugging Face folder shard by shard, as bytes: a tensor that does not change is copied without being decoded.

A safetensors file is 8 bytes (the length of the header, little endian), a JSON header, then the bytes of the tensors; the
header's offsets count from its own end. Source: https://github.com/huggingface/safetensors, section "Format".
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import torch
from safetensors import safe_open

from soro.checkpoint.folder import INDEX, check_weights, embedding_of, shard_names
from soro.core.errors import SoroError
from soro.core.files import disk_error, read_json, sync_and_rename, write_json

METADATA = "__metadata__"
HEADS = ("lm_head.weight", "language_model.lm_head.weight")
FLOATS = {torch.bfloat16: "BF16", torch.float16: "F16", torch.float32: "F32"}
BLOCK_BYTES = 1 << 22
ALIGNMENT_BYTES = 8


@dataclass(frozen=True, kw_only=True)
class StoredTensor:
    """Where the bytes of a tensor lie, from the start of its file."""

    path: Path
    kind: str
    shape: tuple[int, ...]
    start_byte: int
    num_bytes: int


def read_header(path: Path) -> tuple[dict[str, str], dict[str, StoredTensor]]:
    """(metadata, tensors by name in the order of their bytes) of a safetensors file."""
    with path.open("rb") as file:
        num_header_bytes = int.from_bytes(file.read(8), "little")
        header: dict[str, Any] = json.loads(file.read(num_header_bytes))
    metadata = header.pop(METADATA, {})
    tensors = {}
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        first, end = entry["data_offsets"]
        tensors[name] = StoredTensor(
            path=path,
            kind=entry["dtype"],
            shape=tuple(entry["shape"]),
            start_byte=8 + num_header_bytes + first,
            num_bytes=end - first,
        )
    return metadata, tensors


def stored_tensors(folder: Path) -> dict[str, StoredTensor]:
    """Every tensor of a folder by name. Raises SoroError for a shard that is missing or cut short, and for a tensor that
    the index places in a shard without it."""
    check_weights(folder)
    tensors: dict[str, StoredTensor] = {}
    for name in shard_names(folder):
        tensors |= read_header(folder / name)[1]
    index = folder / INDEX
    for name, shard in (read_json(index)["weight_map"] if index.is_file() else {}).items():
        if name not in tensors or tensors[name].path.name != shard:
            raise SoroError(f"{index} places {name} in {shard}, which does not hold it; download the checkpoint again")
    return tensors


def open_rows(tensor: StoredTensor, name: str) -> torch.Tensor:
    """A matrix of floats, mapped from its file: only the rows that are read come into memory.

    Raises SoroError for a matrix that is not stored as floats.
    """
    if tensor.kind not in FLOATS.values():
        raise SoroError(
            f"{tensor.path}: {name} is stored as {tensor.kind}, must be one of {', '.join(FLOATS.values())}; "
            "take the checkpoint that is not quantized"
        )
    with safe_open(tensor.path, framework="pt") as file:
        return file.get_tensor(name)


def stored_heads(folder: Path, tensors: Mapping[str, StoredTensor]) -> list[str]:
    """Names of output heads stored beside the tied embedding, each a copy of it.

    Raises SoroError for a head with rows of its own, which a change of vocabulary would have to change too.
    """
    embedding = embedding_of(tensors, folder)
    heads = [name for name in HEADS if name in tensors]
    for name in heads:
        if not same_bytes(tensors[name], tensors[embedding]):
            raise SoroError(
                f"{folder} has an output head of its own ({name} differs from {embedding}); Gemma 3 ties it to the "
                "embedding: take the checkpoint as it was published"
            )
    return heads


def same_bytes(one: StoredTensor, other: StoredTensor) -> bool:
    if (one.kind, one.shape) != (other.kind, other.shape):
        return False
    with one.path.open("rb") as left, other.path.open("rb") as right:
        left.seek(one.start_byte)
        right.seek(other.start_byte)
        for first in range(0, one.num_bytes, BLOCK_BYTES):
            num_bytes = min(BLOCK_BYTES, one.num_bytes - first)
            if left.read(num_bytes) != right.read(num_bytes):
                return False
    return True


def rewrite_shards(
    folder: Path, out: Path, changed: Mapping[str, torch.Tensor], left_out: Collection[str] = ()
) -> None:
    """Write the weights of `folder` to `out`, shard by shard under the same names, with other values for `changed`.

    A shard that is already in `out` is whole and stays: it was written by an earlier run of the same order.
    """
    weight_map: dict[str, str] = {}
    total_bytes = 0
    for shard in shard_names(folder):
        metadata, tensors = read_header(folder / shard)
        kept = {name: tensor for name, tensor in tensors.items() if name not in left_out}
        if kept and not (out / shard).is_file():
            write_shard(out / shard, metadata, kept, changed)
        weight_map |= dict.fromkeys(kept, shard)
        total_bytes += sum(changed[name].nbytes if name in changed else t.num_bytes for name, t in kept.items())
    if (folder / INDEX).is_file():
        old = read_json(folder / INDEX).get("metadata", {})
        metadata = {key: value for key, value in old.items() if key != "total_parameters"}
        write_json(
            out / INDEX,
            {"metadata": {**metadata, "total_size": total_bytes}, "weight_map": dict(sorted(weight_map.items()))},
        )


def write_shard(
    path: Path, metadata: dict[str, str], tensors: Mapping[str, StoredTensor], changed: Mapping[str, torch.Tensor]
) -> None:
    """Write one file, its tensors in their old order. Raises SoroError for a full disk."""
    header: dict[str, Any] = {METADATA: metadata} if metadata else {}
    end = 0
    for name, tensor in tensors.items():
        new = changed.get(name)
        kind, shape = (tensor.kind, tensor.shape) if new is None else (FLOATS[new.dtype], tuple(new.shape))
        first, end = end, end + (tensor.num_bytes if new is None else new.nbytes)
        header[name] = {"dtype": kind, "shape": list(shape), "data_offsets": [first, end]}
    raw = json.dumps(header, separators=(",", ":")).encode()
    raw += b" " * (-len(raw) % ALIGNMENT_BYTES)
    temporary = path.with_name(path.name + ".tmp")
    try:
        with temporary.open("wb") as file:
            file.write(len(raw).to_bytes(8, "little") + raw)
            for name, tensor in tensors.items():
                if name in changed:
                    write_values(file, changed[name])
                else:
                    copy_bytes(file, tensor)
        sync_and_rename(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise disk_error(error, path) from error


def write_values(file: BinaryIO, values: torch.Tensor) -> None:
    file.write(values.detach().contiguous().view(torch.uint8).numpy().data)


def copy_bytes(file: BinaryIO, tensor: StoredTensor) -> None:
    with tensor.path.open("rb") as source:
        source.seek(tensor.start_byte)
        left = tensor.num_bytes
        while left:
            block = source.read(min(left, BLOCK_BYTES))
            if not block:
                raise SoroError(f"{tensor.path} became shorter while it was read; download the checkpoint again")
            file.write(block)
            left -= len(block)
