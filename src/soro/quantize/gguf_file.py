"""A Hugging Face folder of Gemma 3 into one GGUF file that llama.cpp reads.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. llama.cpp adds nothing to a norm's weight where
Gemma 3 adds one, so 1.0 is added here. The output head is tied to the embedding and is not written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import gguf
import numpy as np

from soro.checkpoint.folder import check_belongs, check_weights, load_config, load_tokenizer_json
from soro.core.errors import SoroError
from soro.core.files import disk_error
from soro.quantize.blocks import ByteArray, quantize_rows
from soro.quantize.gguf_tokenizer import add_tokenizer
from soro.quantize.weights import iterate_weights, shapes_of_weights

Quantization = Literal["q4_0", "q5_0", "q5_1", "q8_0", "bf16"]
TYPES = {
    "q4_0": gguf.GGMLQuantizationType.Q4_0,
    "q5_0": gguf.GGMLQuantizationType.Q5_0,
    "q5_1": gguf.GGMLQuantizationType.Q5_1,
    "q8_0": gguf.GGMLQuantizationType.Q8_0,
    "bf16": gguf.GGMLQuantizationType.BF16,
}
FILE_TYPES = {
    "q4_0": gguf.LlamaFileType.MOSTLY_Q4_0,
    "q5_0": gguf.LlamaFileType.MOSTLY_Q5_0,
    "q5_1": gguf.LlamaFileType.MOSTLY_Q5_1,
    "q8_0": gguf.LlamaFileType.MOSTLY_Q8_0,
    "bf16": gguf.LlamaFileType.MOSTLY_BF16,
}
NORM_OFFSET = np.float32(1.0)
EMBEDDING = "model.embed_tokens.weight"
SLIDING_PATTERN = 6  # llama.cpp takes every sixth layer of a Gemma 3 as one with full attention
NUM_LAYERS_27B = 62  # the one size whose attention llama.cpp scales by width / heads instead of the head's width
MODIFIED = (
    "This file was modified by the Soro project: vocabulary changed, trained further, quantized. Made from Gemma 3."
)


@dataclass(frozen=True, kw_only=True)
class PlannedTensor:
    """Where a tensor of the folder goes: its GGUF name, its type, what is added to each value, its shape."""

    name: str
    kind: gguf.GGMLQuantizationType
    offset: np.float32
    shape: tuple[int, ...]


def write_gguf(
    model: Path,
    out: Path,
    *,
    quantization: Quantization,
    embedding: Quantization,
    prepared: Mapping[str, ByteArray] | None = None,
    name: str = "Soro",
    derived_from_gemma: bool = True,
) -> None:
    """Write the folder `model` to the file `out`: matrices as `quantization`, the tied embedding as `embedding`, norms F32.

    `prepared` holds bytes of matrices, by their names in the folder, that are already quantized. One other tensor is in
    memory at a time. Raises SoroError for a checkpoint that is not a whole Gemma 3, that llama.cpp would compute
    otherwise, whose rows do not fit the blocks, or for a full disk.
    """
    check_belongs(model)
    check_weights(model)
    config = load_config(model)
    config = {**config, **config.get("text_config", {})}
    check_config(config, model)
    writer = gguf.GGUFWriter(out.with_name(out.name + ".tmp"), "gemma3")
    add_facts(writer, name, FILE_TYPES[quantization], derived_from_gemma)
    add_shape(writer, config)
    add_tokenizer(writer, load_tokenizer_json(model), int(config["vocab_size"]))
    template = model / "chat_template.jinja"
    if template.is_file():
        writer.add_chat_template(template.read_text(encoding="utf-8"))
    plan = plan_tensors(model, config, TYPES[quantization], TYPES[embedding])
    for target in plan.values():
        _add_info(writer, target)
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for source, array in iterate_weights(model):
            ready = (prepared or {}).get(source)
            target = plan[source]
            writer.write_tensor_data(quantize_rows(array + target.offset, target.kind) if ready is None else ready)
        writer.close()
        out.with_name(out.name + ".tmp").replace(out)
    except OSError as error:
        out.with_name(out.name + ".tmp").unlink(missing_ok=True)
        raise disk_error(error, out) from error


def check_config(config: dict[str, Any], model: Path) -> None:
    """Raise SoroError for what llama.cpp's Gemma 3 would compute otherwise than the checkpoint says."""
    num_layers = config["num_hidden_layers"]
    if not str(config.get("model_type", "")).startswith("gemma3"):
        raise SoroError(f"{model} is a model of type {config.get('model_type')!r}; a GGUF can be made of gemma3 only")
    kinds = ["full_attention" if (i + 1) % SLIDING_PATTERN == 0 else "sliding_attention" for i in range(num_layers)]
    if config.get("layer_types", kinds) != kinds:
        raise SoroError(
            f"{model}: config.json layer_types is not Gemma 3's (every sixth layer full); llama.cpp reads no other"
        )
    width_per_head = config["hidden_size"] // config["num_attention_heads"]
    scale = width_per_head if num_layers == NUM_LAYERS_27B else config["head_dim"]
    if config["query_pre_attn_scalar"] != scale:
        found = config["query_pre_attn_scalar"]
        raise SoroError(f"{model}: config.json query_pre_attn_scalar is {found}, llama.cpp computes with {scale}")
    if not config.get("tie_word_embeddings", True):
        raise SoroError(f"{model}: its output head is not tied to its embedding, as Gemma 3's is; tie them first")


def add_facts(writer: gguf.GGUFWriter, name: str, file_type: gguf.LlamaFileType, derived_from_gemma: bool) -> None:
    """What the file is and where it comes from, as the Gemma Terms ask of a modified file."""
    writer.add_name(name)
    writer.add_file_type(file_type)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    if derived_from_gemma:
        writer.add_license("gemma")
        writer.add_license_link("https://ai.google.dev/gemma/terms")
        writer.add_base_model_count(1)
        writer.add_base_model_name(0, "Gemma 3")
        writer.add_base_model_organization(0, "Google")
        writer.add_description(MODIFIED)
        writer.add_string("soro.modified", MODIFIED)


def add_shape(writer: gguf.GGUFWriter, config: dict[str, Any]) -> None:
    """Widths, heads, windows and rope bases; transformers 5 nests the bases, older files have them flat."""
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_sliding_window(config["sliding_window"])
    writer.add_vocab_size(config["vocab_size"])
    nested = config.get("rope_parameters") or {}
    full = nested.get("full_attention") or {
        "rope_theta": config.get("rope_theta", 1e6),
        **(config.get("rope_scaling") or {}),
    }
    sliding = nested.get("sliding_attention") or {"rope_theta": config.get("rope_local_base_freq", 1e4)}
    writer.add_rope_freq_base(full["rope_theta"])
    writer.add_rope_freq_base_swa(sliding["rope_theta"])
    if full.get("rope_type", "default") == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(full["factor"])
    if config.get("final_logit_softcapping"):
        writer.add_final_logit_softcapping(config["final_logit_softcapping"])


def plan_tensors(
    model: Path, config: dict[str, Any], kind: gguf.GGMLQuantizationType, embedding: gguf.GGMLQuantizationType
) -> dict[str, PlannedTensor]:
    """What becomes of each tensor of the folder, by its name there. Raises SoroError for one llama.cpp has no name for."""
    name_of = tensor_names(config)
    plan = {}
    for source, shape in shapes_of_weights(model):
        target = name_of(source)
        if target is None:
            raise SoroError(f"{model}: the tensor {source} is none of a Gemma 3's; llama.cpp has no place for it")
        if source.endswith("norm.weight"):
            plan[source] = PlannedTensor(
                name=target, kind=gguf.GGMLQuantizationType.F32, offset=NORM_OFFSET, shape=shape
            )
            continue
        chosen = embedding if source == EMBEDDING else kind
        check_rows(source, shape[-1], chosen)
        plan[source] = PlannedTensor(name=target, kind=chosen, offset=np.float32(0.0), shape=shape)
    if EMBEDDING not in plan:
        raise SoroError(f"{model} has no tensor {EMBEDDING}; the checkpoint is not whole: build it again")
    return plan


def tensor_names(config: dict[str, Any]) -> Callable[[str], str | None]:
    """A function from a tensor's name in the folder to its name in the GGUF, None where it has none."""
    num_layers = config.get("text_config", config)["num_hidden_layers"]
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.GEMMA3, num_layers)
    return lambda source: names.get_name(source, try_suffixes=(".weight",))


def check_rows(name: str, width: int, kind: gguf.GGMLQuantizationType) -> None:
    block = gguf.GGML_QUANT_SIZES[kind][0]
    if width % block:
        raise SoroError(f"the rows of {name} are {width} wide, {kind.name} needs a multiple of {block}; use bf16")


def _add_info(writer: gguf.GGUFWriter, target: PlannedTensor) -> None:
    block, num_bytes = gguf.GGML_QUANT_SIZES[target.kind]
    total = int(np.prod(target.shape)) // block * num_bytes
    writer.add_tensor_info(target.name, target.shape, np.dtype(np.float32), total, raw_dtype=target.kind)
