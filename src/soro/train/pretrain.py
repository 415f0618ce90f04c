"""The pretrain stage: continued pretraining on the packed documents of a corpus."""

from pathlib import Path

import torch

from soro.checkpoint.folder import load_config, load_model, load_tokenizer, load_tokenizer_json, save_checkpoint
from soro.core.artifact import Order, begin
from soro.core.documents import read_documents
from soro.core.progress import say
from soro.core.recipe import Recipe
from soro.train.heldout import heldout_evaluation
from soro.train.loop import METRICS, TIMINGS, Batch, Schedule, train
from soro.train.packing import pack_documents
from soro.train.plot import plot_metrics
from soro.train.state import CHECKPOINT


def pretrain_order(recipe: Recipe, out: Path, *, vocab: Path, corpus: Path) -> Order:
    inputs = {"vocab": vocab, "corpus": corpus}
    return Order(
        kind="pretrain",
        out=out,
        section={**recipe.section("pretrain"), "language": recipe.language},
        seed=recipe.seed,
        inputs=inputs,
    )


def build_pretrain(recipe: Recipe, out: Path, *, vocab: Path, corpus: Path, force: bool = False) -> Path:
    """Train the checkpoint of `vocab` on the documents of `corpus` and write it to `out` in bfloat16."""
    writer = begin(pretrain_order(recipe, out, vocab=vocab, corpus=corpus), force=force)
    if writer is None:
        return out
    section = recipe.pretrain
    torch.set_num_threads(section.num_threads)
    tokenizer = load_tokenizer(vocab)
    rows_RT, tokens_by_source = pack_documents(
        list(read_documents(corpus / "train.parquet")),
        tokenizer,
        num_tokens=section.num_steps * section.num_tokens_per_step,
        seq_len=section.seq_len,
        num_epochs=section.num_epochs,
        until=section.until,
        replay_fraction=section.replay_fraction,
        target_lang=recipe.language,
        seed=recipe.seed,
    )
    say(f"pretrain: {rows_RT.size:,} tokens in {section.num_steps} steps")

    def batches_of_step(step: int) -> list[Batch]:
        first = step * section.batch_size * section.grad_accumulation
        micro = [
            torch.from_numpy(rows_RT[start : start + section.batch_size].astype("int64"))
            for start in range(first, first + section.batch_size * section.grad_accumulation, section.batch_size)
        ]
        return [Batch(ids_BT=ids, labels_BT=ids) for ids in micro]

    model = load_model(vocab)
    model.train()
    evaluate = heldout_evaluation(
        corpus,
        tokenizer,
        max_chars=section.eval_max_chars,
        max_tokens=section.seq_len,
        precision=section.precision,
    )
    schedule = Schedule(
        num_steps=section.num_steps,
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
    scores = train(model, batches_of_step, schedule, writer.path, evaluate=evaluate, label="pretrain")
    save_checkpoint(
        writer.path,
        config=load_config(vocab),
        state=model.state_dict(),
        tokenizer=load_tokenizer_json(vocab),
        dtype=torch.bfloat16,
    )
    plot_metrics(writer.path / METRICS, writer.path / "loss.png")
    (writer.path / CHECKPOINT).unlink()
    counts = {
        "num_tokens": int(rows_RT.size),
        "num_steps": section.num_steps,
        "tokens_by_source_a_pass": tokens_by_source,
    }
    return writer.finish(counts=counts, scores=scores, packages=["torch", "transformers"], volatile_files=[TIMINGS])
