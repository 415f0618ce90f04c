"""Histograms: lengths of kept and dropped documents, and the values that decided."""

from collections.abc import Sequence
from math import ceil, exp, floor

import numpy as np
import numpy.typing as npt

from soro.core.svg import NARROW_WIDTH, WIDE_WIDTH, picture, px, short

NUM_VALUE_BINS, VALUE_WIDTH, VALUE_HEIGHT = 24, 320, 84


def length_chart(name: str, starts: Sequence[int], kept: list[int], dropped: list[int]) -> str:
    """Two bars a bin, each a share of its group, for wide and for narrow pages; empty where there is no document."""
    full = [place for place, (a, b) in enumerate(zip(kept, dropped, strict=True)) if a or b]
    if not full:
        return ""
    chosen = slice(full[0], full[-1] + 1)
    labels = [short(start) if start < 10_000 else short(start).removesuffix(".0") for start in starts[chosen]]
    groups = [(css, shares(counts)[chosen]) for css, counts in (("keep", kept), ("drop", dropped)) if sum(counts)]
    return "".join(
        draw_lengths(f"{name}-{css}", labels, groups, width, height, css)
        for css, width, height in (("wide", WIDE_WIDTH, 280), ("narrow", NARROW_WIDTH, 240))
    )


def shares(counts: list[int]) -> list[float]:
    return [count / max(1, sum(counts)) for count in counts]


def draw_lengths(
    name: str, labels: list[str], groups: list[tuple[str, list[float]]], width: float, height: float, css: str
) -> str:
    left, bottom, top = 40.0, height - 36, 12.0
    step = (width - left) / len(labels)
    most = max(max(values) for _, values in groups)
    tick = next(size for size in (0.02, 0.05, 0.1, 0.2, 0.25) if most / size <= 5 or size == 0.25)
    highest = ceil(most / tick) * tick
    parts = []
    for number in range(round(highest / tick) + 1):
        y = bottom - (bottom - top) * number * tick / highest
        parts.append(f'<path class="grid" d="M{px(left)} {px(y)}H{px(width)}"/>')
        parts.append(
            f'<text class="tick" x="{px(left - 5)}" y="{px(y + 4)}" text-anchor="end">{number * tick:.0%}</text>'
        )
    bar = step * 0.86 / len(groups)
    for place, (kind, values) in enumerate(groups):
        for number, value in enumerate(values):
            x, size = left + step * number + step * 0.07 + bar * place, (bottom - top) * value / highest
            if value:
                parts.append(
                    f'<rect class="{kind}" x="{px(x)}" y="{px(bottom - size)}" width="{px(bar)}" height="{px(size)}"/>'
                )
    every = ceil(34 / step)
    for number, label in enumerate(labels):
        if number % every == 0:
            parts.append(f'<text class="tick" x="{px(left + step * number)}" y="{px(bottom + 16)}">{label}</text>')
    parts.append(
        f'<text class="tick" x="{px(width)}" y="{px(bottom + 32)}" text-anchor="end">characters or more</text>'
    )
    desc = "Share of the kept and of the dropped documents in each range of lengths. The table below has every number."
    return picture(name, width, height, title="Lengths of documents", desc=desc, parts=parts, css=f"lengths {css}")


def value_chart(name: str, values: npt.NDArray[np.float64], unit: str) -> str:
    """A small histogram of one reason's values; empty where all are the same."""
    low, high = float(values.min()), float(values.max())
    if low == high:
        return ""
    is_log = low >= 1 and high / low >= 50
    scaled = np.log(values) if is_log else values
    counts, edges = np.histogram(scaled, bins=NUM_VALUE_BINS)
    step, base = VALUE_WIDTH / NUM_VALUE_BINS, VALUE_HEIGHT - 18
    parts = [f'<path class="grid" d="M0 {base}H{VALUE_WIDTH}"/>']
    for number, count in enumerate(counts.tolist()):
        if count:
            size = max(1.0, (base - 2) * count / counts.max())
            parts.append(
                f'<rect class="drop" x="{px(step * number + 0.5)}" y="{px(base - size)}" width="{px(step - 1)}" '
                f'height="{px(size)}"/>'
            )
    middle = round(exp((edges[0] + edges[-1]) / 2)) if is_log else (low + high) / 2
    for x, anchor, value in ((0, "start", low), (VALUE_WIDTH / 2, "middle", middle), (VALUE_WIDTH, "end", high)):
        parts.append(
            f'<text class="tick" x="{px(x)}" y="{VALUE_HEIGHT - 3}" text-anchor="{anchor}">{value_label(value)}</text>'
        )
    scale = "logarithmic" if is_log else "linear"
    desc = f"Histogram of {len(values):,} values from {value_label(low)} to {value_label(high)} {unit}, {scale} scale."
    return picture(name, VALUE_WIDTH, VALUE_HEIGHT, title="Values that decided", desc=desc, parts=parts, css="values")


def value_label(value: float) -> str:
    """Whole numbers as they are, others with three decimals at most."""
    if abs(value) >= 1000:
        return short(value)
    return f"{value:.0f}" if value == floor(value) or abs(value) >= 100 else f"{value:.3f}".rstrip("0")
