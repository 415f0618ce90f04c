"""The plan of a recipe: vocabularies of several sizes, what they spend, cost and bring, and which to take."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from soro.checkpoint.folder import load_tokenizer_json
from soro.core.artifact import MANIFEST
from soro.core.counts import read_counts
from soro.core.errors import SoroError
from soro.core.progress import say
from soro.core.recipe import Recipe
from soro.vocab.build import corpus_counts
from soro.vocab.plan.advice import Choice, choose
from soro.vocab.plan.candidates import Candidate, candidates
from soro.vocab.plan.cost import Cost, Measure, costs
from soro.vocab.plan.texts import Sample, samples


@dataclass(frozen=True, kw_only=True)
class Row:
    """One size of the vocabulary: rows, what it keeps and learned, tokens a word of each kind of text."""

    num_rows: int
    num_kept: Mapping[str, int]
    num_learned: int
    tokens_per_word: Mapping[str, float]
    chars_per_token: float


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`rows` by size, the stock vocabulary last; `costs` of every shape with every size; `bandwidth` 0 where nothing was
    measured; `chars_per_token` of a row is that of the recipe's language."""

    recipe: str
    language: str
    asked_rows: int
    embedding: str
    num_threads: int
    bandwidth: float
    samples: tuple[Sample, ...]
    rows: tuple[Row, ...]
    costs: tuple[Cost, ...]
    choices: tuple[Choice, ...]

    @property
    def stock(self) -> Row:
        return self.rows[-1]

    def row(self, num_rows: int) -> Row:
        return next(row for row in self.rows if row.num_rows == num_rows)

    def chars_per_s(self, cost: Cost) -> float:
        """Characters a second in the recipe's language; where nothing was measured, characters a byte read, to compare by."""
        rate = cost.speed.tokens_per_s if cost.speed else 1 / cost.bytes_per_token
        return rate * self.row(cost.num_rows).chars_per_token

    def costs_of(self, shape: str) -> list[Cost]:
        """The costs of a shape, the stock vocabulary last."""
        return [cost for cost in self.costs if cost.shape.name == shape]

    def times_stock(self, cost: Cost) -> float:
        return self.chars_per_s(cost) / self.chars_per_s(self.costs_of(cost.shape.name)[-1])


def make_plan(
    recipe: Recipe,
    *,
    base: Path,
    corpus: Path,
    project_root: Path,
    measure: Measure | None = None,
    bandwidth: float = 0.0,
    num_threads: int = 0,
) -> Plan:
    """The plan from the tokenizer of `base` and, where it is finished, the held-out documents of `corpus`.

    `measure` gives tokens a second of a shape with a number of rows. Raises SoroError for a base that is not there and for
    a recipe whose counts are missing or whose rows are too few.
    """
    if not (base / MANIFEST).is_file():
        raise SoroError(f"the plan needs the tokenizer of {base}; fetch it first: soro base RECIPE")
    section = recipe.vocab
    word_counts: dict[str, Mapping[str, int]] = {
        lang: read_counts(project_root / "data" / path) for lang, path in section.counts.items()
    }
    has_corpus = (corpus / MANIFEST).is_file()
    if recipe.language not in word_counts:
        if not has_corpus:
            raise SoroError(f"no counts and no corpus to plan {recipe.language} by; run soro corpus RECIPE first")
        word_counts[recipe.language] = corpus_counts(corpus, recipe.language)
    for lang in section.num_kept:
        if lang not in word_counts:
            raise SoroError(f"vocab.num_kept.{lang} has no counts; add vocab.counts.{lang}")
    texts = samples(recipe.language, word_counts, section.counts, corpus if has_corpus else None)
    rows = []
    for candidate in candidates(load_tokenizer_json(base), section, word_counts):
        rows.append(measured_row(candidate, texts))
        spent = ", ".join(f"{kind} {rate:.3f}" for kind, rate in rows[-1].tokens_per_word.items())
        say(f"vocab plan: {candidate.num_rows:,} rows: {spent} tokens per word")
    embedding = recipe.quantize.embedding
    found = costs([row.num_rows for row in rows], embedding, measure, bandwidth)
    draft = Plan(
        recipe=recipe.name,
        language=recipe.language,
        asked_rows=section.num_rows,
        embedding=embedding,
        num_threads=num_threads,
        bandwidth=bandwidth,
        samples=tuple(texts),
        rows=tuple(rows),
        costs=tuple(found),
        choices=(),
    )
    return with_choices(draft)


def measured_row(candidate: Candidate, texts: list[Sample]) -> Row:
    tokens = {sample.kind: sample.num_tokens(candidate.tokenizer) for sample in texts}
    own = texts[0]
    return Row(
        num_rows=candidate.num_rows,
        num_kept=candidate.num_kept,
        num_learned=candidate.num_learned,
        tokens_per_word={sample.kind: tokens[sample.kind] / sample.num_words for sample in texts},
        chars_per_token=own.num_chars / tokens[own.kind],
    )


def with_choices(plan: Plan) -> Plan:
    rates = {row.num_rows: row.tokens_per_word for row in plan.rows}
    shapes = dict.fromkeys(cost.shape.name for cost in plan.costs)
    choices = []
    for shape in shapes:
        own = plan.costs_of(shape)
        choices.append(choose(own, rates, {cost.num_rows: plan.chars_per_s(cost) for cost in own}))
    return replace(plan, choices=tuple(choices))


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as plain JSON values."""
    return {
        "recipe": plan.recipe,
        "language": plan.language,
        "embedding": plan.embedding,
        "num_threads": plan.num_threads,
        "bandwidth_gb_per_s": round(plan.bandwidth / 1e9, 2),
        "texts": {sample.kind: sample.source for sample in plan.samples},
        "vocabularies": [asdict(row) for row in plan.rows],
        "models": [
            {
                "model": cost.shape.name,
                "num_rows": cost.num_rows,
                "embedding_mb_bf16": round(cost.embedding_bytes_bf16 / 1e6, 1),
                "embedding_mb": round(cost.embedding_bytes / 1e6, 1),
                "mb_per_token": round(cost.bytes_per_token / 1e6, 1),
                "tokens_per_s": round(cost.speed.tokens_per_s, 2) if cost.speed else None,
                "is_measured": bool(cost.speed and cost.speed.is_measured),
                "chars_per_s": round(plan.chars_per_s(cost), 1) if cost.speed else None,
                "times_stock": round(plan.times_stock(cost), 3),
            }
            for cost in plan.costs
        ],
        "choices": [asdict(choice) for choice in plan.choices],
    }
