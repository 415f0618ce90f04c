"""The picture of a plan: lines over the number of rows, one chart for tokens per word and one for speed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from soro.core.svg import picture, px, safe
from soro.vocab.plan.build import Plan
from soro.vocab.plan.tables import name_of, shapes

WIDTH, HEIGHT = 520.0, 340.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 34.0, 34.0, 40.0  # margins
LABEL_SLOT = 16.0
COLOURS = ("#2a56b3", "#b0503f", "#3d7f4f", "#8a5bb0", "#b9811a")
STYLE = (
    "text{fill:#22262e;font:13px 'Noto Sans','Segoe UI',Roboto,system-ui,sans-serif}"
    ".tick{fill:#5d626c;font-size:11px}.head{font-weight:600}.grid{fill:none;stroke:#e1dcd1}"
    ".recipe{fill:none;stroke:#5d626c;stroke-dasharray:4 4}.line{fill:none;stroke-width:2.2}"
)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Lines by name, each with a value for every number of rows, the stock vocabulary last, which is a point apart;
    `recipe` marks the size that the recipe asks."""

    title: str
    desc: str
    rows: Sequence[int]
    lines: Mapping[str, Sequence[float]]
    recipe: int


def charts(plan: Plan) -> list[Chart]:
    rows = [row.num_rows for row in plan.rows]
    spent = {name_of(sample.kind): [row.tokens_per_word[sample.kind] for row in plan.rows] for sample in plan.samples}
    speed = {shape: [plan.times_stock(cost) for cost in plan.costs_of(shape)] for shape in shapes(plan)}
    name = name_of(plan.language)
    return [
        Chart(
            title="Tokens per word",
            desc="Tokens per word over the number of rows; the table below has every number.",
            rows=rows,
            lines=spent,
            recipe=plan.asked_rows,
        ),
        Chart(
            title=f"{name} characters a second, times the stock model",
            desc="Speed of each size of Gemma 3 over the number of rows; the table below has every number.",
            rows=rows,
            lines=speed,
            recipe=plan.asked_rows,
        ),
    ]


def draw(name: str, chart: Chart) -> str:
    """The chart as one SVG element that scales to its place."""
    return picture(name, WIDTH, HEIGHT, title=chart.title, desc=chart.desc, parts=parts_of(chart), css="chart")


def both(plan: Plan) -> str:
    """An SVG file of its own with the charts beside each other."""
    drawn = charts(plan)
    groups = "".join(
        f'<g transform="translate({px(number * WIDTH)} 0)">{"".join(parts_of(chart))}</g>'
        for number, chart in enumerate(drawn)
    )
    width, height = px(WIDTH * len(drawn)), px(HEIGHT)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img"><title>{safe("; ".join(chart.title for chart in drawn))}</title><style>{STYLE}</style>'
        f'<rect width="100%" height="100%" fill="#fffefb"/>{groups}</svg>\n'
    )


def parts_of(chart: Chart) -> list[str]:
    low, high = log2(min(chart.rows)), log2(max(chart.rows))
    top = ceiling(max(max(values) for values in chart.lines.values()))

    def x_of(num_rows: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (log2(num_rows) - low) / max(high - low, 1e-9)

    def y_of(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top

    parts = [f'<text class="head" x="{px(LEFT)}" y="18">{safe(chart.title)}</text>']
    for number in range(6):
        value = top * number / 5
        parts.append(f'<path class="grid" d="M{px(LEFT)} {px(y_of(value))}H{px(WIDTH - RIGHT)}"/>')
        parts.append(
            f'<text class="tick" x="{px(LEFT - 6)}" y="{px(y_of(value) + 4)}" text-anchor="end">{value:.1f}</text>'
        )
    for place, num_rows in enumerate(chart.rows):
        label = "Gemma 3" if place == len(chart.rows) - 1 else f"{round(num_rows / 1024)}k"
        parts.append(
            f'<text class="tick" x="{px(x_of(num_rows))}" y="{px(HEIGHT - BOTTOM + 17)}" text-anchor="middle">{label}</text>'
        )
    parts.append(
        f'<text class="tick" x="{px((LEFT + WIDTH - RIGHT) / 2)}" y="{px(HEIGHT - 6)}" text-anchor="middle">rows</text>'
    )
    if min(chart.rows) <= chart.recipe <= max(chart.rows):
        parts.append(f'<path class="recipe" d="M{px(x_of(chart.recipe))} {px(TOP)}V{px(HEIGHT - BOTTOM)}"/>')
    heights = label_places([y_of(values[-2]) for values in chart.lines.values()])
    for (name, values), colour, height in zip(chart.lines.items(), COLOURS, heights, strict=False):
        *points, stock = [(x_of(n), y_of(v)) for n, v in zip(chart.rows, values, strict=True)]
        path = "L".join(f"{px(x)} {px(y)}" for x, y in points)
        parts.append(f'<path class="line" style="stroke:{colour}" d="M{path}"/>')
        parts += [f'<circle cx="{px(x)}" cy="{px(y)}" r="3" fill="{colour}"/>' for x, y in points]
        parts.append(
            f'<circle cx="{px(stock[0])}" cy="{px(stock[1])}" r="4" style="fill:none;stroke:{colour};stroke-width:2"/>'
        )
        parts.append(
            f'<text x="{px(points[-1][0] + 8)}" y="{px(height + 4)}" style="fill:{colour}">{safe(name)}</text>'
        )
    return parts


def ceiling(value: float) -> float:
    """The next round number, so that five steps of the axis are even."""
    return next(top for top in (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10, 15, 20, 50, 100, value) if top >= value)


def label_places(middles: Sequence[float]) -> list[float]:
    """Heights for the names of lines, at least a slot apart, each as near to its line as the ones above it allow."""
    places = dict.fromkeys(range(len(middles)), 0.0)
    least = 0.0
    for number in sorted(places, key=lambda i: middles[i]):
        places[number] = max(middles[number], least)
        least = places[number] + LABEL_SLOT
    overhang = max(0.0, least - LABEL_SLOT - (HEIGHT - BOTTOM))
    return [places[number] - overhang for number in range(len(middles))]
