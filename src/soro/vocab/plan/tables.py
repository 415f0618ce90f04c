"""The plan as tables: cells for people, which the terminal shows in Markdown and the page in HTML."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from soro.vocab.plan.advice import loss
from soro.vocab.plan.build import Plan, Row
from soro.vocab.plan.cost import Cost

NAMES = {"tgk": "Tajik", "eng": "English", "rus": "Russian"}


@dataclass(frozen=True, kw_only=True)
class Table:
    """A heading, what a reader has to know, and rows of cells under their titles."""

    title: str
    note: str
    head: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]


def name_of(kind: str) -> str:
    return NAMES.get(kind, kind)


def tables(plan: Plan) -> list[Table]:
    return [fertility_table(plan), memory_table(plan), speed_table(plan), advice_table(plan)]


def fertility_table(plan: Plan) -> Table:
    kinds = [sample.kind for sample in plan.samples]
    sources = "; ".join(f"{name_of(sample.kind)}: {sample.source}" for sample in plan.samples)
    body = []
    for row in plan.rows:
        kept = ", ".join(f"{name_of(lang)} {number:,}" for lang, number in row.num_kept.items())
        spent = [spent_cell(row, plan.stock, kind) for kind in kinds]
        stock = row is plan.stock
        body.append((rows_cell(plan, row.num_rows), "all" if stock else kept or "-", f"{row.num_learned:,}", *spent))
    return Table(
        title="Tokens per word",
        note=f"In brackets: more or fewer tokens than Gemma 3's own vocabulary (the last row). {sources}.",
        head=("rows", "kept pieces", "learned", *map(name_of, kinds)),
        body=tuple(body),
    )


def spent_cell(row: Row, stock: Row, kind: str) -> str:
    change = loss(row.tokens_per_word, stock.tokens_per_word, kind)
    return f"{row.tokens_per_word[kind]:.3f}" + ("" if row is stock else f" ({change:+.1%})")


def rows_cell(plan: Plan, num_rows: int) -> str:
    return f"{num_rows:,}" + (" (recipe)" if num_rows == plan.asked_rows else "")


def memory_table(plan: Plan) -> Table:
    return Table(
        title="Memory of the embedding, MB",
        note=f"In bfloat16, as it is trained, and in {plan.embedding}, as the recipe quantizes it.",
        head=("rows", *(f"{shape} bf16 / {plan.embedding}" for shape in shapes(plan))),
        body=by_rows(plan, lambda cost: f"{cost.embedding_bytes_bf16 / 1e6:,.0f} / {cost.embedding_bytes / 1e6:,.0f}"),
    )


def speed_table(plan: Plan) -> Table:
    name = name_of(plan.language)
    if plan.bandwidth:
        title = f"{name} characters a second"
        note = (
            f"Blocks Q4_0, embedding {plan.embedding}, {plan.num_threads} threads, {plan.bandwidth / 1e9:.1f} GB/s read "
            "from memory. In brackets: times the stock model. Measured in llama.cpp with random weights; * computed from "
            "bytes per token and the share of the bandwidth that the 1b shape reached."
        )
    else:
        title = f"{name} characters a second, times the stock model"
        note = f"Not measured: computed from bytes per token (blocks Q4_0, embedding {plan.embedding}) and characters per token."
    return Table(
        title=title, note=note, head=("rows", *shapes(plan)), body=by_rows(plan, lambda cost: speed_cell(plan, cost))
    )


def speed_cell(plan: Plan, cost: Cost) -> str:
    times = f"{plan.times_stock(cost):.2f}"
    if cost.speed is None:
        return times
    rate = plan.chars_per_s(cost)
    shown = f"{rate:,.0f}" if rate >= 100 else f"{rate:.1f}"
    return f"{shown}{'' if cost.speed.is_measured else '*'} ({times})"


def advice_table(plan: Plan) -> Table:
    return Table(
        title="Recommended",
        note="The fastest size that costs English at most 5 % and Russian at most 15 % more tokens than Gemma 3's own.",
        head=("Gemma 3", "rows", "why"),
        body=tuple((choice.shape, f"{choice.num_rows:,}", "; ".join(choice.reasons)) for choice in plan.choices),
    )


def shapes(plan: Plan) -> list[str]:
    return list(dict.fromkeys(cost.shape.name for cost in plan.costs))


def by_rows(plan: Plan, cell: Callable[[Cost], str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (rows_cell(plan, row.num_rows), *(cell(cost) for cost in plan.costs if cost.num_rows == row.num_rows))
        for row in plan.rows
    )


def as_markdown(table: Table) -> str:
    lines: list[Sequence[str]] = [table.head, ["---"] * len(table.head), *table.body]
    return f"### {table.title}\n\n{table.note}\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
