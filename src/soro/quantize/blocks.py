"""Rows of numbers into the blocks of a GGUF type, and back."""

from typing import Any

import gguf
import numpy as np

from soro.quantize.weights import FloatArray


def quantize_rows(rows: FloatArray, kind: gguf.GGMLQuantizationType) -> np.ndarray[Any, Any]:
    """`rows` in the type `kind`: float32 as it is, any other as bytes."""
    return gguf.quants.quantize(rows, kind)


def dequantize_rows(raw: np.ndarray[Any, Any], kind: gguf.GGMLQuantizationType) -> FloatArray:
    """The numbers that `quantize_rows` kept."""
    return gguf.quants.dequantize(raw, kind)
