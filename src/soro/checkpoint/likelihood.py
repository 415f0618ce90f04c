"""Bits per character: -log2 of the likelihood of a text, divided by its characters; fair across tokenizers.

A text is read in windows of at most `max_tokens` tokens, each after a <bos>, so every character is counted once.
Shapes: B batch, T time, V vocabulary.
"""

import math
from collections.abc import Iterable

import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import PreTrainedModel

from soro.checkpoint.tokenizer_file import token_id


def bits_per_char(
    model: PreTrainedModel, tokenizer: Tokenizer, texts: Iterable[str], *, max_tokens: int = 256, batch_size: int = 8
) -> float:
    """Bits per character of `texts` together: total bits over total characters."""
    texts = list(texts)
    windows = [window for text in texts for window in windows_of(tokenizer, text, max_tokens)]
    nats = sum(score_windows(model, windows, batch_size))
    return nats / math.log(2) / max(1, sum(len(text) for text in texts))


def windows_of(tokenizer: Tokenizer, text: str, max_tokens: int) -> list[list[int]]:
    """Token ids of a text, cut into windows that each start with <bos>."""
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    bos = token_id(tokenizer, "<bos>")
    step = max_tokens - 1
    return [[bos, *ids[start : start + step]] for start in range(0, len(ids), step)]


def score_windows(model: PreTrainedModel, windows: list[list[int]], batch_size: int = 8) -> list[float]:
    """Negative log likelihood of each window in nats, its first token given. Order as given."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
    nats = [0.0] * len(windows)
    for start in range(0, len(order), batch_size):
        members = order[start : start + batch_size]
        longest = max(len(windows[i]) for i in members)
        ids_BT = torch.zeros(len(members), longest, dtype=torch.long)
        mask_BT = torch.zeros(len(members), longest, dtype=torch.bool)
        for row, i in enumerate(members):
            ids_BT[row, : len(windows[i])] = torch.tensor(windows[i])
            mask_BT[row, 1 : len(windows[i])] = True
        with torch.no_grad():
            logits_BTV = model(ids_BT).logits.float()
        loss_BT = functional.cross_entropy(logits_BTV[:, :-1].transpose(1, 2), ids_BT[:, 1:], reduction="none")
        for row, i in enumerate(members):
            nats[i] = float((loss_BT[row] * mask_BT[row, 1:]).sum())
    return nats


def clip_texts(texts: Iterable[str], max_chars: int) -> list[str]:
    """Texts in order until `max_chars` characters are reached, the last one cut."""
    clipped: list[str] = []
    left = max_chars
    for text in texts:
        if left <= 0:
            break
        clipped.append(text[:left])
        left -= len(clipped[-1])
    return clipped
