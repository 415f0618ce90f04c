"""New rows learned from the old model, in the manner of Token Distillation (Dobler, Elliott and de Melo 2025, arXiv 2505.20133).

The teacher reads a text in its own pieces, the student is the same frozen network over the new ones. The new rows alone
are learned, so that the hidden states after the last layer agree wherever both have read the same characters. The embedding
is also the output head here, so the rows must win the softmax as well: cross entropy of the next piece is added, scaled to
the size of the first loss (the paper's variant with next-token prediction).

Shapes: B batch, T time, W rows of the new vocabulary, N new rows, D width, P aligned places.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Encoding, Tokenizer
from torch.nn import functional

from soro.checkpoint.folder import load_model, load_tokenizer
from soro.checkpoint.tokenizer_file import token_id
from soro.core.errors import SoroError
from soro.core.progress import Progress

NUM_TOKENS = 100_000  # of the student
CONTEXT_CHARS = 160  # about 50 pieces of the old tokenizer, the paper's length
MAX_CONTEXTS = 25  # of one piece
BATCH_CONTEXTS = 8
LR_PEAK, BETAS = 1e-3, (0.9, 0.95)  # a longer memory of the squares would push a row seen once by 30 times the rate
WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True, kw_only=True)
class Context:
    """A text in the pieces of both tokenizers, <bos> first, and the places where both have read the same characters."""

    old_ids: list[int]
    new_ids: list[int]
    old_places: list[int]
    new_places: list[int]


def distill_rows(
    rows_WD: torch.Tensor,
    folder: Path,
    fitted: dict[str, Any],
    new_pieces: Sequence[str],
    texts: Sequence[str],
    seed: int,
    num_tokens: int = NUM_TOKENS,
) -> int:
    """Learn in `rows_WD` the rows of those `new_pieces` that the texts use; returns how many.

    `folder` is the checkpoint with the old vocabulary; it is held in memory whole, in bfloat16. Raises SoroError when the
    texts use no new piece.
    """
    vocab: dict[str, int] = fitted["model"]["vocab"]
    new_rows = torch.tensor(sorted(vocab[piece] for piece in new_pieces))
    tokenizer = Tokenizer.from_str(json.dumps(fitted, ensure_ascii=False))
    contexts = choose_contexts(texts, load_tokenizer(folder), tokenizer, set(new_rows.tolist()), seed, num_tokens)
    if not contexts:
        raise SoroError("vocab.init is 'distilled', but the corpus uses none of the new pieces; add text")
    model = load_model(folder, torch.bfloat16).requires_grad_(False)
    student = Student(model, rows_WD, new_rows)
    optimizer = torch.optim.AdamW([student.learned_ND], lr=LR_PEAK, betas=BETAS, weight_decay=0.0)
    progress = Progress("distill", total=sum(len(context.new_ids) for context in contexts), unit="tokens")
    for first in range(0, len(contexts), BATCH_CONTEXTS):
        batch = contexts[first : first + BATCH_CONTEXTS]
        optimizer.param_groups[0]["lr"] = LR_PEAK * (1 - first / len(contexts))
        states_loss, next_loss = student.losses(batch)
        (states_loss + next_loss * (states_loss / next_loss).detach()).backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        note = f"states {float(states_loss):.4f} next piece {float(next_loss):.3f}"
        progress.advance(sum(len(context.new_ids) for context in batch), note=note)
    used = {row for context in contexts for row in context.new_ids} & set(new_rows.tolist())
    learned = torch.isin(new_rows, torch.tensor(sorted(used)))
    rows_WD[new_rows[learned]] = student.learned_ND.detach()[learned].to(rows_WD.dtype)
    return len(used)


class Student:
    """The frozen network over the new vocabulary, whose new rows are the only parameters."""

    def __init__(self, model: Any, rows_WD: torch.Tensor, new_rows: torch.Tensor) -> None:
        self.decoder = model.get_decoder()
        self.scale = model.get_input_embeddings().embed_scale
        self.rows_WD, self.new_rows = rows_WD.to(torch.bfloat16), new_rows
        self.learned_ND = rows_WD[new_rows].float().requires_grad_()

    def losses(self, contexts: Sequence[Context]) -> tuple[torch.Tensor, torch.Tensor]:
        """(mean squared difference of the hidden states, cross entropy of the next piece in nats), both to minimise."""
        with torch.no_grad():
            teacher_BTD = self.decoder(padded([c.old_ids for c in contexts]), use_cache=False).last_hidden_state
        rows_WD = self.rows_WD.index_put((self.new_rows,), self.learned_ND.to(self.rows_WD.dtype))
        ids_BT = padded([c.new_ids for c in contexts])
        inputs_BTD = functional.embedding(ids_BT, rows_WD) * self.scale.to(rows_WD.dtype)
        states_BTD = self.decoder(inputs_embeds=inputs_BTD, use_cache=False).last_hidden_state
        wanted_PD = torch.cat([teacher_BTD[i, c.old_places] for i, c in enumerate(contexts)])
        found_PD = torch.cat([states_BTD[i, c.new_places] for i, c in enumerate(contexts)])
        before_PD = torch.cat([states_BTD[i, : len(c.new_ids) - 1] for i, c in enumerate(contexts)])
        targets_P = torch.cat([ids_BT[i, 1 : len(c.new_ids)] for i, c in enumerate(contexts)])
        next_loss = functional.cross_entropy((before_PD @ rows_WD.T).float(), targets_P)
        return functional.mse_loss(found_PD.float(), wanted_PD.float()), next_loss


def padded(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """(B, T) ids, zeros behind each row: a causal network does not see them."""
    ids_BT = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for number, row in enumerate(rows):
        ids_BT[number, : len(row)] = torch.tensor(row)
    return ids_BT


def choose_contexts(
    texts: Sequence[str], old: Tokenizer, new: Tokenizer, new_rows: set[int], seed: int, num_tokens: int
) -> list[Context]:
    """Contexts in a seeded order, each with a new piece that was seen less than MAX_CONTEXTS times, `num_tokens` in all."""
    chunks = [chunk for text in texts for chunk in cut(text)]
    order = np.random.default_rng(seed).permutation(len(chunks))
    seen: dict[int, int] = dict.fromkeys(new_rows, 0)
    chosen: list[Context] = []
    left = num_tokens
    for number in order:
        if left <= 0:
            break
        read = new.encode(chunks[number], add_special_tokens=False)
        rare = new_rows.intersection(read.ids)
        if any(seen[row] < MAX_CONTEXTS for row in rare):
            for row in rare:
                seen[row] += 1
            chosen.append(align(old.encode(chunks[number], add_special_tokens=False), read, token_id(new, "<bos>")))
            left -= len(chosen[-1].new_ids)
    return chosen


def cut(text: str) -> list[str]:
    """A text in pieces of about CONTEXT_CHARS characters, cut before a space."""
    chunks, chunk = [], ""
    for word in WORD.findall(text):
        chunk += word
        if len(chunk) >= CONTEXT_CHARS:
            chunks.append(chunk)
            chunk = ""
    return [*chunks, chunk] if chunk else chunks


def align(old: Encoding, new: Encoding, bos: int) -> Context:
    """Both spellings after <bos>, and the places of the pieces after which both have read the same characters."""
    old_ends, new_ends = ({end: place for place, (_, end) in enumerate(spelling.offsets, 1)} for spelling in (old, new))
    shared = sorted(old_ends.keys() & new_ends.keys())
    return Context(
        old_ids=[bos, *old.ids],
        new_ids=[bos, *new.ids],
        old_places=[old_ends[end] for end in shared],
        new_places=[new_ends[end] for end in shared],
    )
