"""lm-eval: the one file that knows it. A model and a task in, the score of every item out.

How lm-eval reads a text for bits per character: in windows of `MAX_TOKENS`, the first after a <bos>, a later one after
the last token of the window before it and without a <bos>. A passage of the bpc tasks has at most 500 characters, at
most four bytes each, so it is always one window: the number equals soro.checkpoint.likelihood.bits_per_char of the same
passages with windows of at least that length. lm-eval's own HFLM would count a second <bos> as part of the text;
`add_bos_token=False` stops that, and is what its command line needs for these tasks.
"""

import contextlib
import hashlib
import io
import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from transformers import AutoTokenizer

from soro.bench.catalogue import TASKS_FOLDER
from soro.bench.shared_context import score_continuations
from soro.checkpoint.folder import load_model
from soro.core.errors import SoroError, missing_extra
from soro.core.progress import Progress

try:
    from lm_eval import simple_evaluate
    from lm_eval.models.huggingface import HFLM
    from lm_eval.tasks import TaskManager
except ModuleNotFoundError as error:
    raise missing_extra("lm_eval", "bench") from error

MAX_TOKENS = 2048
QUICK_ITEMS = 100


@dataclass(frozen=True, kw_only=True)
class TaskScores:
    """What a model did in a task. `items` are {id, group, scores: {metric: [score, weight]}}, in the task's order;
    the value of a metric is all scores over all weights. The first metric is the task's main one."""

    version: float
    higher_is_better: dict[str, bool]
    values: dict[str, float]
    items: list[dict[str, Any]]


class SharedContextLM(HFLM):
    """lm-eval's model of a Hugging Face folder, with contexts read once (see shared_context.py) and one progress line."""

    label = "bench"
    stderr: TextIO = sys.stderr

    def loglikelihood_rolling(self, requests: Any, disable_tqdm: bool = False) -> Any:
        self.add_bos_token = False  # the window brings its own <bos>
        try:
            return super().loglikelihood_rolling(requests, disable_tqdm=True)
        finally:
            self.add_bos_token = None  # type: ignore[assignment]

    def _loglikelihood_tokens(self, requests: Any, disable_tqdm: bool = False, override_bs: Any = None) -> Any:
        progress = Progress(self.label, total=len(requests), unit="requests")

        def on_done(number: int) -> None:
            with contextlib.redirect_stderr(self.stderr):
                progress.advance(number)

        pairs = [(context[-(MAX_TOKENS + 1 - len(rest)) :], rest) for _, context, rest in requests]
        return score_continuations(self.model, pairs, on_done)


def open_model(folder: Path) -> SharedContextLM:
    """The model of a folder in float32 on the CPU. Raises SoroError where its tokenizer does not belong to it."""
    model, tokenizer = load_model(folder), AutoTokenizer.from_pretrained(folder, local_files_only=True)
    logging.getLogger("lm_eval").setLevel(logging.ERROR)
    return SharedContextLM(pretrained=model, tokenizer=tokenizer, batch_size=1_000_000, max_length=MAX_TOKENS)


def run_task(
    lm: SharedContextLM, task: str, inputs: Mapping[str, Path], *, limit: int, label: str, quick: bool = False
) -> TaskScores:
    """Score one task; `inputs` are the paths it reads, `limit` > 0 takes its first items only, `quick` a fixed sample of
    QUICK_ITEMS over all groups.

    Raises SoroError when the task's files are not what it expects.
    """
    lm.label, lm.stderr = label, sys.stderr
    metadata: dict[str, Any] = {name: str(path) for name, path in inputs.items()}
    with contextlib.redirect_stderr(io.StringIO()):  # progress bars; ours go on
        try:
            manager = TaskManager(include_path=TASKS_FOLDER, include_defaults=False, metadata=metadata)
            (loaded,) = manager.load([task])["tasks"].values()
        except (ValueError, OSError) as error:
            raise SoroError(f"task {task}: {error}") from error
        result = simple_evaluate(
            model=lm,
            tasks=[loaded],
            task_manager=manager,
            limit=limit or None,
            samples={task: quick_sample(list(loaded.eval_docs))} if quick else None,
            bootstrap_iters=0,
            log_samples=True,
        )
    metrics = list(result["higher_is_better"][task])
    return TaskScores(
        version=result["versions"][task],
        higher_is_better=dict(result["higher_is_better"][task]),
        values={metric: float(result["results"][task][f"{metric},none"]) for metric in metrics},
        items=[item_of(sample, metrics) for sample in sorted(result["samples"][task], key=lambda s: s["doc_id"])],
    )


def quick_sample(docs: Sequence[Mapping[str, Any]], num_items: int = QUICK_ITEMS) -> list[int]:
    """The numbers of the items of a quick run: the groups take turns, in a group a hash of the id decides."""
    by_group: dict[str, list[tuple[bytes, int]]] = {}
    for number, doc in enumerate(docs):
        digest = hashlib.sha256(str(doc.get("id", number)).encode()).digest()
        by_group.setdefault(str(doc.get("group", "")), []).append((digest, number))
    in_turn = [
        (turn, digest, number) for members in by_group.values() for turn, (digest, number) in enumerate(sorted(members))
    ]
    return sorted(number for _, _, number in sorted(in_turn)[:num_items])


def item_of(sample: dict[str, Any], metrics: list[str]) -> dict[str, Any]:
    """One row of TaskScores.items out of a sample of lm-eval; a plain score has the weight 1."""
    scores = {}
    for metric in metrics:
        score, weight = sample[metric] if isinstance(sample[metric], tuple | list) else (sample[metric], 1)
        scores[metric] = [round(float(score), 4), weight]
    doc = sample["doc"]
    return {"id": str(doc.get("id", sample["doc_id"])), "group": str(doc.get("group", "")), "scores": scores}
