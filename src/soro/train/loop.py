"""The training loop: one function for pretraining and tuning. Shapes: B batch, T time, D width, V vocabulary, N counted
tokens.

The order of the data is a function of the step, and the checkpoint holds everything else, so a run that was killed goes
on to the same weights as one that was not.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional
from transformers import PreTrainedModel

from soro.core.files import read_jsonl, write_atomic
from soro.core.progress import Progress, say
from soro.train.schedule import learning_rate
from soro.train.state import load_state, save_state

METRICS, TIMINGS = "metrics.jsonl", "timings.jsonl"
IGNORED = -100  # a label that does not count, as in torch's cross entropy


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A micro-batch: token ids and, shifted by nothing, the labels (IGNORED where the loss does not count)."""

    ids_BT: torch.Tensor
    labels_BT: torch.Tensor


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """How long and how fast to learn."""

    num_steps: int
    lr_peak: float
    lr_final_fraction: float
    warmup_fraction: float
    weight_decay: float
    grad_clip: float
    precision: str
    eval_every_steps: int
    checkpoint_every_steps: int
    lr_embedding_factor: float = 1.0


def train(
    model: PreTrainedModel,
    batches_of_step: Callable[[int], Sequence[Batch]],
    schedule: Schedule,
    folder: Path,
    *,
    evaluate: Callable[[PreTrainedModel], dict[str, float]],
    label: str,
) -> dict[str, float]:
    """Train `model` in place and return its last evaluation. `folder` keeps checkpoint, metrics and timings; the caller
    deletes the checkpoint once what it made of the model is on the disk.

    The loss of a step is the mean over the counted tokens of all its micro-batches.
    """
    optimizer = make_optimizer(model, schedule)
    step = load_state(folder, model=model, optimizer=optimizer)
    forget_rows_after(folder, step)
    if step:
        say(f"{label}: going on after step {step}")
    else:
        record(folder / METRICS, {"step": 0, **evaluate(model)})
    tokens_of_step = [sum(batch.ids_BT.numel() for batch in batches_of_step(s)) for s in range(schedule.num_steps)]
    progress = Progress(label, total=sum(tokens_of_step), unit="tokens", done=sum(tokens_of_step[:step]))
    while step < schedule.num_steps:
        start_s = time.monotonic()
        lr = set_learning_rate(optimizer, step, schedule)
        batches = batches_of_step(step)
        num_counted = sum(int((batch.labels_BT[:, 1:] != IGNORED).sum()) for batch in batches)
        loss = 0.0
        for batch in batches:
            part = summed_loss(model, batch, schedule.precision) / num_counted
            part.backward()
            loss += float(part.detach())
        grad_norm = float(torch.nn.utils.clip_grad_norm_(model.parameters(), schedule.grad_clip))
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        row: dict[str, Any] = {"step": step, "loss": loss, "lr": lr, "grad_norm": grad_norm}
        seconds = time.monotonic() - start_s
        if step % schedule.eval_every_steps == 0 or step == schedule.num_steps:
            row |= evaluate(model)
        record(folder / METRICS, row)
        progress.advance(tokens_of_step[step - 1], note=f"step {step} loss {loss:.3f}")
        record(folder / TIMINGS, {"step": step, "tokens_per_s": round(tokens_of_step[step - 1] / seconds, 1)})
        if step % schedule.checkpoint_every_steps == 0 or step == schedule.num_steps:
            save_state(folder, step=step, model=model, optimizer=optimizer)
    *_, (_, last) = read_jsonl(folder / METRICS)
    return {key: value for key, value in last.items() if key.startswith(("bpc", "loss", "source/"))}


def summed_loss(model: PreTrainedModel, batch: Batch, precision: str) -> torch.Tensor:
    """Cross entropy in nats, summed over the tokens whose label counts; logits are computed for these alone."""
    counted_BT = batch.labels_BT[:, 1:] != IGNORED
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bfloat16"):
        hidden_BTD = model.model(batch.ids_BT, use_cache=False).last_hidden_state
        logits_NV = model.lm_head(hidden_BTD[:, :-1][counted_BT])
    return functional.cross_entropy(logits_NV.float(), batch.labels_BT[:, 1:][counted_BT], reduction="sum")


def make_optimizer(model: PreTrainedModel, schedule: Schedule) -> torch.optim.Optimizer:
    """AdamW (Loshchilov and Hutter 2019); weight decay on matrices only, a rate of its own for the embedding."""
    embedding = model.get_input_embeddings().weight
    matrices = [p for p in model.parameters() if p.ndim >= 2 and p is not embedding]
    vectors = [p for p in model.parameters() if p.ndim < 2]
    decay = schedule.weight_decay
    groups: list[dict[str, Any]] = [
        {"params": [embedding], "weight_decay": decay, "lr_factor": schedule.lr_embedding_factor},
        {"params": matrices, "weight_decay": decay, "lr_factor": 1.0},
        {"params": vectors, "weight_decay": 0.0, "lr_factor": 1.0},
    ]
    return torch.optim.AdamW(groups, lr=schedule.lr_peak, betas=(0.9, 0.95), fused=True)


def set_learning_rate(optimizer: torch.optim.Optimizer, step: int, schedule: Schedule) -> float:
    lr = learning_rate(
        step,
        num_steps=schedule.num_steps,
        lr_peak=schedule.lr_peak,
        warmup_fraction=schedule.warmup_fraction,
        lr_final_fraction=schedule.lr_final_fraction,
    )
    for group in optimizer.param_groups:
        group["lr"] = lr * group["lr_factor"]
    return lr


def record(path: Path, row: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def forget_rows_after(folder: Path, step: int) -> None:
    """Drop the rows of steps that the checkpoint does not know, and a line cut in the middle."""
    for name in (METRICS, TIMINGS):
        path = folder / name
        if not path.exists():
            continue
        kept = []
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                break
            if step and row["step"] <= step:
                kept.append(line + "\n")
        write_atomic(path, "".join(kept))
