"""The weights of a Hugging Face folder, one tensor at a time, in an order that does not depend on the files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open

from soro.core.files import read_json

FloatArray = np.ndarray[Any, np.dtype[np.float32]]
NOT_TEXT = ("vision_tower.", "multi_modal_projector.")


def iterate_weights(model: Path) -> Iterator[tuple[str, FloatArray]]:
    """Yield (name as in a text-only Gemma 3, values in float32), sorted by name.

    The tied output head and the vision parts of a multimodal checkpoint are passed over.
    """
    for name, file, key in sorted(_names(model)):
        with safe_open(file, framework="pt") as tensors:
            yield name, tensors.get_tensor(key).float().numpy()


def shapes_of_weights(model: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield (name, shape) of the same tensors in the same order, without reading them."""
    for name, file, key in sorted(_names(model)):
        with safe_open(file, framework="pt") as tensors:
            yield name, tuple(tensors.get_slice(key).get_shape())


def _names(model: Path) -> Iterator[tuple[str, Path, str]]:
    index = model / "model.safetensors.index.json"
    files = sorted(set(read_json(index)["weight_map"].values())) if index.is_file() else ["model.safetensors"]
    for file in files:
        with safe_open(model / file, framework="pt") as tensors:
            for key in tensors.keys():  # noqa: SIM118 (not a dict)
                name = key.removeprefix("model.language_model.").removeprefix("language_model.")
                name = name if name.startswith(("model.", "lm_head.")) else f"model.{name}"
                if name != "lm_head.weight" and not any(part in key for part in NOT_TEXT):
                    yield name, model / file, key
