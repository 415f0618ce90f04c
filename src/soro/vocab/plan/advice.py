"""Which size to take, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from soro.vocab.plan.cost import Cost

# How many more tokens than Gemma 3 a kept language may cost, as a share; other languages are not limited.
MAX_LOSS = {"eng": 0.05, "rus": 0.15}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The size recommended for one size of Gemma 3, how many times the stock model's characters a second it gives, why."""

    shape: str
    num_rows: int
    times_stock: float
    reasons: tuple[str, ...]


def loss(rates: Mapping[str, float], base_rates: Mapping[str, float], kind: str) -> float:
    """By which share more tokens a word are spent than with Gemma 3's own vocabulary."""
    return rates[kind] / base_rates[kind] - 1


def excess(rates: Mapping[str, float], base_rates: Mapping[str, float]) -> dict[str, float]:
    """The languages over their limit, each with how many more tokens it costs."""
    lost = {kind: loss(rates, base_rates, kind) for kind in MAX_LOSS if kind in rates}
    return {kind: value for kind, value in lost.items() if value > MAX_LOSS[kind]}


def choose(
    shape_costs: Sequence[Cost], rates: Mapping[int, Mapping[str, float]], chars_per_s: Mapping[int, float]
) -> Choice:
    """The fastest size within the limits, in characters a second; the stock vocabulary loses nothing, so there is one.

    `shape_costs` are those of one shape, the stock vocabulary last; `rates` gives tokens a word by kind of text,
    `chars_per_s` the speed in the language of the recipe (its unit does not matter), both by number of rows.
    """
    stock = shape_costs[-1]
    by_rows = {cost.num_rows: cost for cost in shape_costs}
    over = {rows: excess(rates[rows], rates[stock.num_rows]) for rows in by_rows}
    best = max((rows for rows in by_rows if not over[rows]), key=lambda rows: chars_per_s[rows])
    times_stock = chars_per_s[best] / chars_per_s[stock.num_rows]
    reasons = [f"{times_stock:.2f} times the stock model's characters a second"]
    if best != stock.num_rows:
        mb, stock_mb = (cost.embedding_bytes / 1e6 for cost in (by_rows[best], stock))
        reasons.append(f"an embedding of {mb:,.0f} MB instead of {stock_mb:,.0f}")
    fastest = max(by_rows, key=lambda rows: chars_per_s[rows])
    if fastest != best:
        lost = " and ".join(f"{kind} {share:.1%}, limit {MAX_LOSS[kind]:.0%}" for kind, share in over[fastest].items())
        gain = chars_per_s[fastest] / chars_per_s[best] - 1
        reasons.append(f"{fastest:,} rows would be {gain:.1%} faster, but cost more tokens than the limits: {lost}")
    return Choice(shape=stock.shape.name, num_rows=best, times_stock=times_stock, reasons=tuple(reasons))
