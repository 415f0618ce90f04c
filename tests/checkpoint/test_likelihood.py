import math
from pathlib import Path

import pytest
import torch

from soro.checkpoint.folder import load_model, load_tokenizer
from soro.checkpoint.likelihood import bits_per_char, clip_texts, windows_of

TEXTS = ["Дар боғи мо дарахтони себ мерӯянд.", "Кӯҳҳои Помир баланд ҳастанд.", "a"]


def test_bits_per_char_equals_one_token_at_a_time(tiny_model: Path) -> None:
    model, tokenizer = load_model(tiny_model), load_tokenizer(tiny_model)
    nats = 0.0
    for text in TEXTS:
        ids = tokenizer.encode(text).ids
        for i in range(1, len(ids)):
            with torch.no_grad():
                logits = model(torch.tensor([ids[:i]])).logits[0, -1]
            nats -= float(logits.log_softmax(-1)[ids[i]])
    expected = nats / math.log(2) / sum(map(len, TEXTS))
    assert bits_per_char(model, tokenizer, TEXTS, batch_size=2) == pytest.approx(expected, rel=1e-4)


def test_windows_cover_every_token_once(tiny_model: Path) -> None:
    tokenizer = load_tokenizer(tiny_model)
    windows = windows_of(tokenizer, TEXTS[0] * 5, max_tokens=8)
    assert all(window[0] == tokenizer.token_to_id("<bos>") and len(window) <= 8 for window in windows)
    assert [i for w in windows for i in w[1:]] == tokenizer.encode(TEXTS[0] * 5, add_special_tokens=False).ids


def test_texts_are_clipped_in_order() -> None:
    assert clip_texts(["abc", "defg", "h"], 5) == ["abc", "de"]
