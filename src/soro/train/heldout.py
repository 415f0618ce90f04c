"""Held-out prose in bits per character, measured while a model trains."""

from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from soro.checkpoint.likelihood import bits_per_char, clip_texts
from soro.core.documents import read_documents

Evaluation = Callable[[PreTrainedModel], dict[str, float]]


def heldout_evaluation(
    corpus: Path, tokenizer: Tokenizer, *, max_chars: int, max_tokens: int, precision: str
) -> Evaluation:
    """A function of the model: bits per character of held-out documents by language, and by source (equal parts of each)."""
    by_source: dict[tuple[str, str], list[str]] = {}
    for document in sorted(read_documents(corpus / "heldout.parquet"), key=lambda d: d.id):
        by_source.setdefault((document.lang, document.source), []).append(document.text)
    num_sources = Counter(lang for lang, _ in by_source)
    texts = {key: clip_texts(by_source[key], max_chars // num_sources[key[0]]) for key in sorted(by_source)}

    def evaluate(model: PreTrainedModel) -> dict[str, float]:
        model.eval()
        scores: dict[str, float] = {}
        bits: defaultdict[str, float] = defaultdict(float)
        chars = Counter[str]()
        for (lang, source), members in texts.items():
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bfloat16"):
                bpc = bits_per_char(model, tokenizer, members, max_tokens=max_tokens)
            scores[f"source/{source}"] = round(bpc, 4)
            num_chars = sum(map(len, members))
            bits[lang] += bpc * num_chars
            chars[lang] += num_chars
        model.train()
        return {**{f"bpc_{lang}": round(bits[lang] / chars[lang], 4) for lang in bits}, **scores}

    return evaluate
