"""Rows of numbers into the blocks of a GGUF type, and back.

Q4_0 keeps 32 numbers as one float16 scale d and 32 integers q from -8 to 7, each number standing for d * q. The plain
rule takes d from the largest number of the block. Here a range of scales is tried, each fitted to its integers by least
squares, and the one with the smallest squared error is kept: the same format and size, nearer to the weights.
"""

from typing import Any

import gguf
import numpy as np

from soro.quantize.weights import FloatArray

BLOCK = 32
LOWEST, HIGHEST = -8, 7
STEPS = np.linspace(7.0, 9.0, 17, dtype=np.float32)  # integer that the largest number of a block is tried at
NUM_ROWS_AT_ONCE = 2048  # bounds the memory of the search


def quantize_rows(rows: FloatArray, kind: gguf.GGMLQuantizationType, *, search: bool = True) -> np.ndarray[Any, Any]:
    """`rows` in the type `kind`: float32 as it is, any other as bytes. Q4_0 searches its scales unless told not to."""
    if kind != gguf.GGMLQuantizationType.Q4_0 or not search:
        return gguf.quants.quantize(rows, kind)
    parts = [search_q4_0(rows[start : start + NUM_ROWS_AT_ONCE]) for start in range(0, len(rows), NUM_ROWS_AT_ONCE)]
    return np.concatenate(parts)


def dequantize_rows(raw: np.ndarray[Any, Any], kind: gguf.GGMLQuantizationType) -> FloatArray:
    """The numbers that `quantize_rows` kept."""
    return gguf.quants.dequantize(raw, kind)


def search_q4_0(rows: FloatArray, importance: FloatArray | None = None) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Bytes of `rows` in Q4_0 with the smallest squared error found, columns weighted by `importance` where given."""
    blocks = rows.reshape(-1, BLOCK)
    weights = np.float32(1) if importance is None else np.tile(importance.reshape(-1, BLOCK), (len(rows), 1))
    at = np.abs(blocks).argmax(axis=-1, keepdims=True)
    extreme = np.take_along_axis(blocks, at, axis=-1)
    scale = np.zeros((len(blocks), 1), dtype=np.float16)
    gain = np.full((len(blocks), 1), -1.0, dtype=np.float32)
    weighted = weights * blocks
    for step in STEPS:
        inverse = np.divide(-step, extreme, out=np.zeros_like(extreme), where=extreme != 0)
        q = _integers(blocks, inverse)
        dot = (weighted * q).sum(axis=-1, keepdims=True)
        norm = (weights * q * q).sum(axis=-1, keepdims=True)
        fitted = np.divide(dot, norm, out=np.zeros_like(dot), where=norm != 0).astype(np.float16)
        wide = fitted.astype(np.float32)
        found = wide * (2 * dot - wide * norm)  # by how much the squared error falls below that of zeros
        better = found > gain
        scale, gain = np.where(better, fitted, scale), np.where(better, found, gain)
    wide = scale.astype(np.float32)
    q = _integers(blocks, np.divide(1, wide, out=np.zeros_like(wide), where=wide != 0))
    return _pack(scale, q).reshape(len(rows), -1)


def _integers(blocks: FloatArray, inverse: FloatArray) -> FloatArray:
    return np.clip(np.rint(blocks * inverse), LOWEST, HIGHEST)


def _pack(scale: np.ndarray[Any, np.dtype[np.float16]], q: FloatArray) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Blocks as bytes: the scale, then number i in the low and number i + 16 in the high half of byte i."""
    nibbles = (q - LOWEST).astype(np.uint8)
    packed = nibbles[:, : BLOCK // 2] | (nibbles[:, BLOCK // 2 :] << np.uint8(4))
    return np.concatenate([scale.view(np.uint8), packed], axis=-1)
