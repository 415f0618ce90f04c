"""The sections of a recipe that train: pretrain and tune."""

from dataclasses import dataclass, field
from typing import Literal

from soro.core.sections import check_at_least_1


@dataclass(frozen=True, kw_only=True)
class Pretrain:
    """Continued pretraining on packed documents."""

    num_tokens: int
    seq_len: int = 256
    batch_size: int = 8
    grad_accumulation: int = 1
    lr_peak: float = 3e-4
    lr_embedding_factor: float = 1.0
    lr_final_fraction: float = 0.1
    warmup_fraction: float = 0.03
    weight_decay: float = 0.01
    grad_clip: float = 1.0
    precision: Literal["float32", "bfloat16"] = "float32"
    num_epochs: dict[str, float] = field(default_factory=dict)
    until: dict[str, float] = field(default_factory=dict)
    replay_fraction: float = 0.1
    eval_every_steps: int = 100
    eval_max_chars: int = 20_000
    checkpoint_every_steps: int = 100
    num_threads: int = 2

    def __post_init__(self) -> None:
        check_training(self)
        check_at_least_1(self, "grad_accumulation", "eval_max_chars")
        check_packing(self)
        for source, share in self.until.items():
            if not 0.0 < share <= 1.0:
                raise ValueError(f"until.{source} is {share}, must be above 0 and at most 1")
        if self.num_tokens < self.num_tokens_per_step:
            raise ValueError(f"num_tokens is {self.num_tokens}, below one step of {self.num_tokens_per_step} tokens")

    @property
    def num_tokens_per_step(self) -> int:
        return self.seq_len * self.batch_size * self.grad_accumulation

    @property
    def num_steps(self) -> int:
        return self.num_tokens // self.num_tokens_per_step


@dataclass(frozen=True, kw_only=True)
class Generated:
    """How many dialogues with computed answers to add, by kind."""

    arithmetic: int = 0
    units: int = 0
    calendar: int = 0
    spelling: int = 0


@dataclass(frozen=True, kw_only=True)
class RunningText:
    """Rows of the corpus read between the dialogues of a tuning, so that the model keeps what pretraining taught it.

    `fraction` is their share of the tokens that the loss counts; `num_epochs` and `replay_fraction` mix them as in pretraining.
    """

    fraction: float = 0.0
    seq_len: int = 256
    num_epochs: dict[str, float] = field(default_factory=dict)
    replay_fraction: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.fraction < 1.0:
            raise ValueError(f"fraction is {self.fraction}, must be at least 0 and below 1")
        check_packing(self)


@dataclass(frozen=True, kw_only=True)
class Tune:
    """Tuning on dialogues; the loss counts the answers, and running text where the recipe mixes it in."""

    dialogues: tuple[str, ...]
    root: Literal["data", "project"] = "project"
    generated: Generated = field(default_factory=Generated)
    text: RunningText = field(default_factory=RunningText)
    num_epochs: float = 2.0
    max_tokens: int = 512
    batch_size: int = 8
    lr_peak: float = 1e-4
    lr_embedding_factor: float = 1.0
    lr_final_fraction: float = 0.1
    warmup_fraction: float = 0.05
    weight_decay: float = 0.0
    grad_clip: float = 1.0
    precision: Literal["float32", "bfloat16"] = "float32"
    heldout_fraction: float = 0.05
    eval_every_steps: int = 50
    eval_max_chars: int = 20_000
    checkpoint_every_steps: int = 100
    num_threads: int = 2

    def __post_init__(self) -> None:
        check_training(self)
        check_at_least_1(self, "max_tokens", "eval_max_chars")
        if not self.dialogues:
            raise ValueError("dialogues is empty; name at least one JSONL file or folder")
        if self.num_epochs <= 0:
            raise ValueError(f"num_epochs is {self.num_epochs}, must be above 0")
        if self.lr_embedding_factor < 0:
            raise ValueError(f"lr_embedding_factor is {self.lr_embedding_factor}, must be at least 0")
        if not 0.0 < self.heldout_fraction < 0.5:
            raise ValueError(f"heldout_fraction is {self.heldout_fraction}, must lie between 0 and 0.5")


def check_training(section: Pretrain | Tune) -> None:
    """Raise ValueError for a number that the training loop cannot run with."""
    check_at_least_1(section, "batch_size", "eval_every_steps", "checkpoint_every_steps", "num_threads")
    for key in ("lr_peak", "grad_clip"):
        if getattr(section, key) <= 0:
            raise ValueError(f"{key} is {getattr(section, key)}, must be above 0")
    if section.weight_decay < 0:
        raise ValueError(f"weight_decay is {section.weight_decay}, must be at least 0")
    if not 0.0 <= section.warmup_fraction < 1.0:
        raise ValueError(f"warmup_fraction is {section.warmup_fraction}, must be at least 0 and below 1")
    if not 0.0 <= section.lr_final_fraction <= 1.0:
        raise ValueError(f"lr_final_fraction is {section.lr_final_fraction}, must be from 0 to 1")


def check_packing(section: Pretrain | RunningText) -> None:
    """Raise ValueError for a number by which documents cannot be packed into rows."""
    check_at_least_1(section, "seq_len")
    if section.seq_len % 64:
        rounded = max(64, round(section.seq_len / 64) * 64)
        raise ValueError(f"seq_len is {section.seq_len}, must divide by 64; use {rounded}")
    for source, epochs in section.num_epochs.items():
        if epochs < 0:
            raise ValueError(f"num_epochs.{source} is {epochs}, must be at least 0")
    if not 0.0 <= section.replay_fraction < 1.0:
        raise ValueError(f"replay_fraction is {section.replay_fraction}, must be at least 0 and below 1")
