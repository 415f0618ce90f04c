"""Safetensors in FP8 and INT4 in the compressed-tensors format, through `llmcompressor`: the only file that knows it.

FP8: weights and activations in E4M3, activations scaled while running (FP8_DYNAMIC). INT4: weights alone, in groups of
128 columns, by GPTQ on calibration rows (W4A16). Embedding and norms keep bfloat16; the head stays tied to the embedding.
"""

import shutil
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any, Literal
from warnings import catch_warnings, simplefilter

import torch
from safetensors import safe_open

from soro.checkpoint.folder import WEIGHTS, load_model
from soro.core.errors import SoroError, missing_extra
from soro.core.files import read_json, write_json

Scheme = Literal["fp8", "int4"]
GROUP_SIZE = 128  # of W4A16
COPIED = ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "generation_config.json")
BATCH_SIZE = 8


def write_compressed(model: Path, out: Path, *, scheme: Scheme, rows: torch.Tensor) -> None:
    """Write the folder `model` to the folder `out` in `scheme`; `rows`, (rows, T) token ids, calibrate INT4.

    Raises SoroError when llmcompressor is not installed or a width does not divide into groups.
    """
    try:
        from llmcompressor import oneshot
        from loguru import logger
    except ImportError as error:
        raise missing_extra("llmcompressor", "quantize") from error
    loaded = load_model(model)
    loaded.config._name_or_path = str(model)
    if scheme == "int4":
        check_widths(loaded, model)
    shutil.rmtree(out, ignore_errors=True)
    logger.disable("llmcompressor")
    logger.disable("compressed_tensors")
    with redirect_stderr(StringIO()), catch_warnings():  # dozens of progress bars, and advice for other models
        simplefilter("ignore")
        calibration = (
            {"dataset": _loader(rows), "pipeline": "sequential"} if scheme == "int4" else {"pipeline": "datafree"}
        )
        nothing: Any = object()  # no processor: the rows are token ids already
        oneshot(model=loaded, processor=nothing, recipe=_modifier(scheme), **calibration)
        torch.nn.Module.to(loaded, dtype=torch.bfloat16)
        loaded.save_pretrained(out)
    finish_folder(model, out)


def check_widths(loaded: torch.nn.Module, model: Path) -> None:
    for name, module in loaded.named_modules():
        if isinstance(module, torch.nn.Linear) and ".layers." in name and module.in_features % GROUP_SIZE:
            raise SoroError(
                f"{model}: {name} is {module.in_features} wide, int4 needs a multiple of {GROUP_SIZE}; take int4 out of "
                "quantize.formats"
            )


def _modifier(scheme: Scheme) -> Any:
    from llmcompressor.modifiers.gptq import GPTQModifier
    from llmcompressor.modifiers.quantization import QuantizationModifier

    if scheme == "int4":
        return GPTQModifier(targets="Linear", scheme="W4A16", ignore=["lm_head"])
    return QuantizationModifier(targets="Linear", scheme="FP8_DYNAMIC", ignore=["lm_head"])


def _loader(rows: torch.Tensor) -> Any:
    batches = [{"input_ids": ids_BT, "attention_mask": torch.ones_like(ids_BT)} for ids_BT in rows.split(BATCH_SIZE)]
    return torch.utils.data.DataLoader(batches, batch_size=None)  # type: ignore[arg-type]


def finish_folder(model: Path, out: Path) -> None:
    """Keep weights and config, add tokenizer and chat template, and check that the tied head was not written."""
    for path in out.iterdir():
        if path.name not in ("config.json", WEIGHTS):
            path.unlink()
    for name in COPIED:
        if (model / name).is_file():
            shutil.copyfile(model / name, out / name)
    with safe_open(out / WEIGHTS, framework="pt") as tensors:
        names = set(tensors.keys())
    if "model.embed_tokens.weight" not in names or any(name.startswith("lm_head") for name in names):
        raise SoroError(f"{out}: the tied embedding was not kept by llmcompressor; report this with its version")
    config = {**read_json(model / "config.json"), **read_json(out / "config.json"), "tie_word_embeddings": True}
    config.pop("_name_or_path", None)
    write_json(out / "config.json", {key: config[key] for key in sorted(config)})
