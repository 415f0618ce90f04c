"""Rows of numbers into the blocks of a GGUF type, and back.

Q4_0 keeps 32 numbers as one float16 scale d and 32 integers q from -8 to 7, each number standing for d * q. The plain
rule takes d from the largest number of the block. Here a range of scales is tried, each fitted to its integers by least
squares, and the one with the smallest squared error is kept: the same format and size, nearer to the weights.
Shapes: N blocks, R rows, C columns.
"""

from typing import Any

import gguf
import numpy as np

from soro.quantize.weights import FloatArray

HalfArray = np.ndarray[Any, np.dtype[np.float16]]
ByteArray = np.ndarray[Any, np.dtype[np.uint8]]
BLOCK = 32
LOWEST, HIGHEST = -8, 7
STEPS = np.linspace(7.0, 9.0, 17, dtype=np.float32)  # the integer that the largest number of a block is tried at
NUM_ROWS_AT_ONCE = 2048  # bounds the memory of the search


def quantize_rows(rows_RC: FloatArray, kind: gguf.GGMLQuantizationType, *, search: bool = True) -> np.ndarray[Any, Any]:
    """`rows_RC` in the type `kind`: float32 as it is, any other as bytes. Q4_0 searches its scales unless told not to."""
    if kind != gguf.GGMLQuantizationType.Q4_0 or not search:
        return gguf.quants.quantize(rows_RC, kind)
    starts = range(0, len(rows_RC), NUM_ROWS_AT_ONCE)
    return np.concatenate([search_q4_0(rows_RC[start : start + NUM_ROWS_AT_ONCE]) for start in starts])


def search_q4_0(rows_RC: FloatArray) -> ByteArray:
    """Bytes of the rows in Q4_0, each block with the scale of the smallest squared error found."""
    blocks = rows_RC.reshape(-1, BLOCK)
    scales = best_scales(blocks, np.ones((1, BLOCK), dtype=np.float32))
    return pack_q4_0(scales, nearest_integers(blocks, scales)).reshape(len(rows_RC), -1)


def best_scales(blocks_N32: FloatArray, weights: FloatArray) -> HalfArray:
    """(N, 1) scales; `weights`, (N, 32) or (1, 32), say how much the error of each number counts."""
    at = np.abs(blocks_N32).argmax(axis=-1, keepdims=True)
    extreme = np.take_along_axis(blocks_N32, at, axis=-1)
    scales = np.zeros((len(blocks_N32), 1), dtype=np.float16)
    gains = np.full((len(blocks_N32), 1), -1.0, dtype=np.float32)
    weighted = weights * blocks_N32
    for step in STEPS:
        inverse = np.divide(-step, extreme, out=np.zeros_like(extreme), where=extreme != 0)
        q = np.clip(np.rint(blocks_N32 * inverse), LOWEST, HIGHEST)
        dot = (weighted * q).sum(axis=-1, keepdims=True)
        norm = (weights * q * q).sum(axis=-1, keepdims=True)
        fitted = np.divide(dot, norm, out=np.zeros_like(dot), where=norm != 0).astype(np.float16)
        wide = fitted.astype(np.float32)
        gain = 2 * wide * dot - wide * wide * norm  # by how much the squared error falls below that of zeros
        better = gain > gains
        scales, gains = np.where(better, fitted, scales), np.where(better, gain, gains)
    return scales


def nearest_integers(numbers: FloatArray, scales: HalfArray) -> FloatArray:
    """The integers whose multiples of `scales` lie nearest to `numbers`; zeros where the scale is zero."""
    wide = scales.astype(np.float32)
    inverse = np.divide(1, wide, out=np.zeros_like(wide), where=wide != 0)
    return np.clip(np.rint(numbers * inverse), LOWEST, HIGHEST)


def pack_q4_0(scales_N1: HalfArray, q_N32: FloatArray) -> ByteArray:
    """(N, 18) bytes: the scale, then number i in the low and number i + 16 in the high half of byte i."""
    nibbles = (q_N32 - LOWEST).astype(np.uint8)
    packed = nibbles[:, : BLOCK // 2] | (nibbles[:, BLOCK // 2 :] << np.uint8(4))
    return np.concatenate([scales_N1.view(np.uint8), packed], axis=-1)
