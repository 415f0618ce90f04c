"""A Gemma 3 with random weights and a small tokenizer of its own, for tests and trial runs."""

import json
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import Gemma3ForCausalLM, Gemma3TextConfig

from soro.checkpoint.tokenizer_file import (
    BYTE_PIECES,
    END_OF_TURN,
    SPACE,
    SPECIAL_TOKENS,
    START_OF_TURN,
    gemma_tokenizer,
)
from soro.core.recipe import RandomShape


def random_base(
    shape: RandomShape, word_counts: dict[str, int], seed: int
) -> tuple[dict[str, Any], dict[str, torch.Tensor], dict[str, Any]]:
    """(config, state dict in float32, tokenizer.json) of a random Gemma 3 whose pieces are learned from `word_counts`."""
    tokenizer = small_tokenizer(word_counts, shape.vocab_size)
    config = Gemma3TextConfig(
        vocab_size=len(tokenizer["model"]["vocab"]),
        hidden_size=shape.hidden_size,
        intermediate_size=shape.ffn_size,
        num_hidden_layers=shape.num_layers,
        num_attention_heads=shape.num_heads,
        num_key_value_heads=1,
        head_dim=shape.head_dim,
        query_pre_attn_scalar=shape.head_dim,
        sliding_window=512,
        max_position_embeddings=2048,
        bos_token_id=2,
        eos_token_id=1,
        pad_token_id=0,
    )
    torch.manual_seed(seed)
    model = Gemma3ForCausalLM(config)
    values = {**config.to_dict(), "architectures": ["Gemma3ForCausalLM"]}
    return values, model.state_dict(), tokenizer


def small_tokenizer(word_counts: dict[str, int], vocab_size: int) -> dict[str, Any]:
    """`tokenizer.json` with Gemma 3's special tokens, byte pieces and turn markers, and BPE pieces up to `vocab_size`."""
    fixed = [*SPECIAL_TOKENS, START_OF_TURN, END_OF_TURN, "\n", "\n\n", SPACE * 2, SPACE * 4, *BYTE_PIECES]
    trainer_model = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True))
    trainer_model.normalizer = normalizers.Replace(" ", SPACE)
    trainer_model.pre_tokenizer = pre_tokenizers.Split(SPACE, "merged_with_next")
    trainer_model.decoder = decoders.Fuse()
    trainer = trainers.BpeTrainer(vocab_size=vocab_size - len(fixed), special_tokens=["<unk>"], show_progress=False)
    words = sorted(word_counts.items())
    trainer_model.train_from_iterator((f" {word}" for word, count in words for _ in range(min(count, 20))), trainer)
    learned = sorted(trainer_model.get_vocab().items(), key=lambda item: item[1])
    pieces = fixed + [piece for piece, _ in learned if piece not in fixed]
    digits = [digit for digit in "0123456789" if digit not in pieces]
    merges = [tuple(merge) for merge in json.loads(trainer_model.to_str())["model"]["merges"]]
    control = dict.fromkeys([*SPECIAL_TOKENS, START_OF_TURN, END_OF_TURN], True)
    whitespace = {"\n": False, "\n\n": False}
    spaces = [(SPACE, SPACE), (SPACE * 2, SPACE * 2)]
    return gemma_tokenizer(pieces + digits, [*spaces, *merges], {**control, **whitespace})
