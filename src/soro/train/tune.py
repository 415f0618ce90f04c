"""The tune stage: dialogues in a teacher's voice; the loss counts the answers only."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
import torch
from transformers import PreTrainedModel

from soro.checkpoint.folder import load_config, load_model, load_tokenizer, load_tokenizer_json, save_checkpoint
from soro.checkpoint.tokenizer_file import token_id
from soro.core.artifact import Order, begin
from soro.core.errors import SoroError
from soro.core.files import is_heldout, write_jsonl
from soro.core.progress import say
from soro.core.recipe import Recipe, Tune
from soro.tajik.exercises import Kind, generate
from soro.train.dialogues import Example, encode_dialogue, pad, read_dialogues
from soro.train.loop import METRICS, TIMINGS, Batch, Schedule, summed_loss, train
from soro.train.plot import plot_metrics
from soro.train.state import CHECKPOINT

POOL_BATCHES = 32  # dialogues are sorted by length within pools of so many batches, so little is padding


def tune_order(recipe: Recipe, out: Path, *, pretrain: Path, data_root: Path | None, project_root: Path) -> Order:
    paths = dialogue_paths(recipe.tune, data_root, project_root)
    inputs = {"pretrain": pretrain, **{f"dialogues/{i}": path for i, path in enumerate(paths)}}
    return Order(kind="tune", out=out, section=recipe.section("tune"), seed=recipe.seed, inputs=inputs)


def dialogue_paths(section: Tune, data_root: Path | None, project_root: Path) -> list[Path]:
    root = project_root / "data" if section.root == "project" else data_root
    if root is None:
        raise SoroError("tune.dialogues lie in the data root; name that folder with --data or SORO_DATA")
    for path in section.dialogues:
        if not (root / path).exists():
            raise SoroError(f"tune.dialogues: {root / path} is not there; mend the path in the recipe")
    return [root / path for path in section.dialogues]


def build_tune(
    recipe: Recipe, out: Path, *, pretrain: Path, data_root: Path | None, project_root: Path, force: bool = False
) -> Path:
    """Tune the checkpoint of `pretrain` on dialogues and write it to `out`; `generated.jsonl` keeps the generated ones."""
    order = tune_order(recipe, out, pretrain=pretrain, data_root=data_root, project_root=project_root)
    writer = begin(order, force=force)
    if writer is None:
        return out
    section = recipe.tune
    torch.set_num_threads(section.num_threads)
    written = [d for path in dialogue_paths(section, data_root, project_root) for d in read_dialogues(path)]
    generated = generated_dialogues(section, recipe.seed)
    tokenizer = load_tokenizer(pretrain)
    examples = [encode_dialogue(dialogue, tokenizer) for dialogue in written + generated]
    fitting = [example for example in examples if len(example.ids) <= section.max_tokens]
    heldout = [e for e in fitting if is_heldout(e.id, section.heldout_fraction)]
    heldout_ids = {e.id for e in heldout}
    batches = batch_plan([e for e in fitting if e.id not in heldout_ids], section, recipe.seed)
    if not batches or not heldout:
        raise SoroError(f"{len(fitting)} dialogues of at most {section.max_tokens} tokens are too few; add dialogues")
    say(f"tune: {len(written)} written and {len(generated)} generated dialogues, {len(batches)} steps")
    pad_id = token_id(tokenizer, "<pad>")
    model = load_model(pretrain)
    model.train()
    scores = train(
        model,
        lambda step: [pad(batches[step], pad_id)],
        schedule_of(section, len(batches)),
        writer.path,
        evaluate=lambda m: heldout_answers(m, [pad([e], pad_id) for e in heldout], heldout, section.precision),
        label="tune",
    )
    save_checkpoint(
        writer.path,
        config=load_config(pretrain),
        state=model.state_dict(),
        tokenizer=load_tokenizer_json(pretrain),
        dtype=torch.bfloat16,
    )
    write_jsonl(writer.path / "generated.jsonl", generated)
    plot_metrics(writer.path / METRICS, writer.path / "loss.png")
    (writer.path / CHECKPOINT).unlink()
    counts = {
        "num_dialogues_written": len(written),
        "num_dialogues_generated": len(generated),
        "num_dialogues_too_long": len(examples) - len(fitting),
        "num_dialogues_heldout": len(heldout),
        "num_steps": len(batches),
        "num_answer_tokens": sum(sum(label >= 0 for label in e.labels) for batch in batches for e in batch),
    }
    return writer.finish(counts=counts, scores=scores, packages=["torch", "transformers"], volatile_files=[TIMINGS])


def generated_dialogues(section: Tune, seed: int) -> list[dict[str, Any]]:
    wanted = [(kind, getattr(section.generated, kind)) for kind in get_args(Kind)]
    return [dialogue for kind, number in wanted if number for dialogue in generate(kind, number, seed)]


def batch_plan(examples: Sequence[Example], section: Tune, seed: int) -> list[list[Example]]:
    """The dialogues of each step. Within a pool of batches they are sorted by length, then the batches shuffled."""
    rng = np.random.default_rng(seed)
    num_wanted = int(len(examples) * section.num_epochs)
    stream: list[Example] = []
    while len(stream) < num_wanted:
        stream += [examples[i] for i in rng.permutation(len(examples))]
    pool_size = section.batch_size * POOL_BATCHES
    plan: list[list[Example]] = []
    for start in range(0, num_wanted, pool_size):
        pool = sorted(stream[start : min(start + pool_size, num_wanted)], key=lambda e: (len(e.ids), e.id))
        batches = [pool[i : i + section.batch_size] for i in range(0, len(pool), section.batch_size)]
        plan += [batches[i] for i in rng.permutation(len(batches))]
    return plan


def schedule_of(section: Tune, num_steps: int) -> Schedule:
    return Schedule(
        num_steps=num_steps,
        lr_peak=section.lr_peak,
        lr_final_fraction=section.lr_final_fraction,
        warmup_fraction=section.warmup_fraction,
        weight_decay=section.weight_decay,
        grad_clip=section.grad_clip,
        precision=section.precision,
        eval_every_steps=section.eval_every_steps,
        checkpoint_every_steps=section.checkpoint_every_steps,
    )


def heldout_answers(
    model: PreTrainedModel, batches: Sequence[Batch], examples: Sequence[Example], precision: str
) -> dict[str, float]:
    """Bits per character of the answers of held-out dialogues, the questions given."""
    model.eval()
    with torch.no_grad():
        nats = sum(float(summed_loss(model, batch, precision)) for batch in batches)
    model.train()
    num_chars = sum(example.num_answer_chars for example in examples)
    return {"bpc_answers": round(nats / math.log(2) / max(1, num_chars), 4)}
