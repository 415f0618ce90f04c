"""The tune stage: dialogues in a teacher's voice, where the loss counts the answers, and rows of the corpus between them.

Shapes: R rows, T tokens a row.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from soro.checkpoint.folder import load_config, load_model, load_tokenizer, load_tokenizer_json, save_checkpoint
from soro.checkpoint.tokenizer_file import token_id
from soro.core.artifact import Order, begin
from soro.core.documents import read_documents
from soro.core.errors import SoroError
from soro.core.files import is_heldout, write_jsonl
from soro.core.progress import say
from soro.core.recipe import Recipe
from soro.core.recipe_training import Tune
from soro.tajik.exercises import Kind, generate
from soro.train.dialogues import Example, encode_dialogue, pad, read_dialogues
from soro.train.heldout import heldout_evaluation
from soro.train.loop import METRICS, TIMINGS, Batch, Schedule, summed_loss, train
from soro.train.packing import pack_documents
from soro.train.plot import plot_metrics
from soro.train.state import CHECKPOINT

POOL_BATCHES = 32  # dialogues are sorted by length within pools of so many batches, so little is padding


def tune_order(
    recipe: Recipe, out: Path, *, pretrain: Path, corpus: Path, data_root: Path | None, project_root: Path
) -> Order:
    paths = dialogue_paths(recipe.tune, data_root, project_root)
    inputs = {"pretrain": pretrain, "corpus": corpus, **{f"dialogues/{i}": path for i, path in enumerate(paths)}}
    section = {**recipe.section("tune"), "language": recipe.language}
    return Order(kind="tune", out=out, section=section, seed=recipe.seed, inputs=inputs)


def dialogue_paths(section: Tune, data_root: Path | None, project_root: Path) -> list[Path]:
    root = project_root / "data" if section.root == "project" else data_root
    if root is None:
        raise SoroError("tune.dialogues lie in the data root; name that folder with --data or SORO_DATA")
    for path in section.dialogues:
        if not (root / path).exists():
            raise SoroError(f"tune.dialogues: {root / path} is not there; mend the path in the recipe")
    return [root / path for path in section.dialogues]


def build_tune(
    recipe: Recipe,
    out: Path,
    *,
    pretrain: Path,
    corpus: Path,
    data_root: Path | None,
    project_root: Path,
    force: bool = False,
) -> Path:
    """Tune the checkpoint of `pretrain` on dialogues, and on text of `corpus` where the recipe mixes it in, and write it to
    `out`; `generated.jsonl` keeps the generated dialogues.
    """
    order = tune_order(recipe, out, pretrain=pretrain, corpus=corpus, data_root=data_root, project_root=project_root)
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
    row_ends = text_row_plan(batches, section)
    rows_RT = text_rows(recipe, corpus, tokenizer, num_rows=row_ends[-1])
    say(
        f"tune: {len(written)} written and {len(generated)} generated dialogues, {len(rows_RT)} rows of text, "
        f"{len(batches)} steps"
    )
    pad_id = token_id(tokenizer, "<pad>")

    def batches_of_step(step: int) -> list[Batch]:
        text_ids = torch.from_numpy(rows_RT[row_ends[step] : row_ends[step + 1]])
        text = [Batch(ids_BT=text_ids, labels_BT=text_ids)] if len(text_ids) else []
        return [pad(batches[step], pad_id), *text]

    heldout_prose = heldout_evaluation(
        corpus,
        tokenizer,
        max_chars=section.eval_max_chars,
        max_tokens=section.text.seq_len,
        precision=section.precision,
    )

    def evaluate(model: PreTrainedModel) -> dict[str, float]:
        answers = heldout_answers(model, [pad([e], pad_id) for e in heldout], heldout, section.precision)
        return {**answers, **heldout_prose(model)}

    model = load_model(pretrain)
    model.train()
    scores = train(
        model,
        batches_of_step,
        schedule_of(section, len(batches)),
        writer.path,
        evaluate=evaluate,
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
        "num_answer_tokens": sum(e.num_counted for batch in batches for e in batch),
        "num_text_tokens": int(rows_RT.size),
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


def text_row_plan(batches: Sequence[Sequence[Example]], section: Tune) -> list[int]:
    """Where the rows of running text of each step end, first 0, so that the text keeps its share of the counted tokens."""
    share = section.text.fraction / (1 - section.text.fraction)
    num_answer_tokens = np.cumsum([sum(example.num_counted for example in batch) for batch in batches])
    return [0, *(int(n * share / section.text.seq_len) for n in num_answer_tokens)]


def text_rows(recipe: Recipe, corpus: Path, tokenizer: Tokenizer, *, num_rows: int) -> np.ndarray:
    """`num_rows` rows of the corpus as int64, shape (R, T)."""
    text = recipe.tune.text
    if not num_rows:
        return np.empty((0, text.seq_len), dtype=np.int64)
    rows_RT, _ = pack_documents(
        list(read_documents(corpus / "train.parquet")),
        tokenizer,
        num_tokens=num_rows * text.seq_len,
        seq_len=text.seq_len,
        num_epochs=text.num_epochs,
        replay_fraction=text.replay_fraction,
        target_lang=recipe.language,
        seed=recipe.seed,
    )
    return rows_RT.astype(np.int64)


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
        lr_embedding_factor=section.lr_embedding_factor,
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
