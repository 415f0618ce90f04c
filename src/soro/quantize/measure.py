"""Bits per character of held-out documents, with the weights as a quantized file really holds them."""

from collections.abc import Mapping
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from soro.checkpoint.folder import load_config, load_model
from soro.checkpoint.likelihood import bits_per_char, clip_texts
from soro.core.documents import read_documents
from soro.core.errors import SoroError
from soro.quantize.gguf_file import NORM_OFFSET, tensor_names
from soro.quantize.weights import iterate_weights


def heldout_texts(corpus: Path, max_chars: int) -> dict[str, list[str]]:
    """Held-out texts by language, at most `max_chars` characters each, the sources of a language in equal parts."""
    by_source: dict[str, dict[str, list[str]]] = {}
    for document in sorted(read_documents(corpus / "heldout.parquet"), key=lambda d: d.id):
        by_source.setdefault(document.lang, {}).setdefault(document.source, []).append(document.text)
    if not by_source:
        raise SoroError(
            f"{corpus} has no held-out documents, so nothing can be measured; raise corpus.heldout_fraction"
        )
    return {
        lang: [text for members in sources.values() for text in clip_texts(members, max_chars // len(sources))]
        for lang, sources in sorted(by_source.items())
    }


def score_model(model: PreTrainedModel, tokenizer: Tokenizer, texts: Mapping[str, list[str]]) -> dict[str, float]:
    """Bits per character by language as `bpc_tgk`, and of all of them together as `bpc`. All in float32."""
    scores, num_bits, num_chars = {}, 0.0, 0
    for lang, members in texts.items():
        bpc = bits_per_char(model, tokenizer, members)
        scores[f"bpc_{lang}"] = round(bpc, 4)
        num_bits += bpc * sum(len(text) for text in members)
        num_chars += sum(len(text) for text in members)
    return {"bpc": round(num_bits / max(1, num_chars), 4), **scores}


def load_dequantized(gguf_file: Path, model: Path) -> PreTrainedModel:
    """The model of the folder `model` with the weights that `gguf_file` holds. Raises SoroError for a missing tensor."""
    from gguf import GGUFReader
    from gguf.quants import dequantize

    names = tensor_names(load_config(model))
    stored = {tensor.name: tensor for tensor in GGUFReader(str(gguf_file)).tensors}
    state = {}
    for source, array in iterate_weights(model):
        tensor = stored.get(names(source) or "")
        if tensor is None:
            raise SoroError(f"{gguf_file} has no tensor for {source}; build the stage quantize again with --force")
        values = dequantize(tensor.data, tensor.tensor_type).reshape(array.shape)
        state[source] = torch.from_numpy(values - NORM_OFFSET if source.endswith("norm.weight") else values.copy())
    loaded = load_model(model)
    missing = loaded.load_state_dict(state, strict=False).missing_keys
    if set(missing) - {"lm_head.weight"}:
        raise SoroError(f"{gguf_file}: no weights for {sorted(missing)[0]}; the folder {model} is not whole")
    return loaded
