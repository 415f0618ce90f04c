"""The flow picture: sources at the left, what became of them at the right, ribbons between as thick as what flows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from soro.core.svg import NARROW_WIDTH, WIDE_WIDTH, picture, px, safe, share, short

Link = tuple[str, str, float]  # source, outcome, amount


@dataclass(frozen=True)
class Shape:
    """Sizes of one drawing, in its own units. More nodes than `max_left`, `max_right` are drawn as one."""

    width: float
    label_width: float
    slot: float  # the least distance between two labels
    max_left: int
    max_right: int
    max_label_chars: int
    two_lines: bool
    bar: float = 9
    gap: float = 5
    least: float = 1.5  # what flows is never thinner


WIDE = Shape(WIDE_WIDTH, 250, 21, 40, 24, 26, two_lines=False)
NARROW = Shape(NARROW_WIDTH, 112, 30, 14, 12, 17, two_lines=True)


@dataclass(frozen=True)
class Node:
    """One end of ribbons: from `top` down over `height`, its label's middle at `label`."""

    name: str
    amount: float
    top: float
    height: float
    label: float


def flow(name: str, links: Sequence[Link], *, unit: str, css_of: dict[str, str]) -> str:
    """The picture twice, for wide and for narrow pages; `css_of` gives the class of each outcome, in their order.

    Amounts that are not positive are left out. Returns no picture where nothing flows.
    """
    links = [link for link in links if link[2] > 0]
    if not links:
        return ""
    return draw(f"{name}-wide", links, unit, css_of, WIDE, "wide") + draw(
        f"{name}-narrow", links, unit, css_of, NARROW, "narrow"
    )


def draw(name: str, links: Sequence[Link], unit: str, css_of: dict[str, str], shape: Shape, css: str) -> str:
    sources = sums(links, 0)
    left_of = merged(sorted(sources, key=lambda s: -sources[s]), shape.max_left, "smaller sources")
    outcomes = sums(links, 1)
    right_of = merged([o for o in css_of if o in outcomes], shape.max_right, "rarer reasons")
    amounts: dict[tuple[str, str], float] = defaultdict(float)
    for source, outcome, amount in links:
        amounts[left_of[source], right_of[outcome]] += amount
    drawn_css = {right_of[outcome]: css_of[outcome] for outcome in css_of if outcome in outcomes}
    left_names, right_names = list(dict.fromkeys(left_of.values())), list(drawn_css)
    height = max(280.0, shape.slot * max(len(left_names), len(right_names)) + 8)
    merged_links = [(source, outcome, amount) for (source, outcome), amount in amounts.items()]
    left = stacked(left_names, sums(merged_links, 0), height, shape)
    right = stacked(right_names, sums(merged_links, 1), height, shape)
    parts = [
        *ribbons(left, right, amounts, drawn_css, shape, unit),
        *(part for node in left.values() for part in bar_and_label(node, shape, "", unit)),
        *(part for node in right.values() for part in bar_and_label(node, shape, drawn_css[node.name], unit)),
    ]
    total = sum(outcomes.values())
    spoken = "; ".join(f"{node.name} {share(node.amount, total)}" for node in right.values())
    desc = f"Of {total:,.0f} {unit} from {len(sources)} sources: {spoken}. The table below has every number."
    return picture(name, shape.width, height, title=f"Where the {unit} went", desc=desc, parts=parts, css=f"flow {css}")


def sums(links: Sequence[Link], end: int) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for link in links:
        total[str(link[end])] += link[2]
    return dict(total)


def merged(names: list[str], size: int, rest: str) -> dict[str, str]:
    """Each name as it is drawn: the last ones share one node where there are more than `size`."""
    if len(names) <= size:
        return {name: name for name in names}
    label = f"{len(names) - size + 1} {rest}"
    return {name: name if place < size - 1 else label for place, name in enumerate(names)}


def stacked(names: list[str], amounts: dict[str, float], height: float, shape: Shape) -> dict[str, Node]:
    """Nodes below each other over the whole height, and their labels as near to them as the slots allow."""
    free = height - shape.gap * (len(names) - 1) - shape.least * len(names)
    scale = free / sum(amounts[name] for name in names)
    top, placed = 0.0, []
    for name in names:
        size = shape.least + amounts[name] * scale
        placed.append((name, top, size))
        top += size + shape.gap
    labels = spread([t + size / 2 for _, t, size in placed], shape.slot, height)
    return {n: Node(n, amounts[n], t, size, label) for (n, t, size), label in zip(placed, labels, strict=True)}


def spread(middles: list[float], slot: float, height: float) -> list[float]:
    """Places at least `slot` apart and within the height: pushed down first, then up from the bottom."""
    places, least = [], slot / 2
    for middle in middles:
        places.append(max(middle, least))
        least = places[-1] + slot
    most = height - slot / 2
    for place in reversed(range(len(places))):
        places[place] = min(places[place], most)
        most = places[place] - slot
    return places


def ribbons(
    left: dict[str, Node],
    right: dict[str, Node],
    amounts: dict[tuple[str, str], float],
    css_of: dict[str, str],
    shape: Shape,
    unit: str,
) -> list[str]:
    start, end = shape.label_width + shape.bar, shape.width - shape.label_width - shape.bar
    middle = (start + end) / 2
    at_left, at_right = {n: left[n].top for n in left}, {n: right[n].top for n in right}
    parts = []
    for source in left:
        for outcome in right:
            amount = amounts.get((source, outcome), 0.0)
            if not amount:
                continue
            size_left = left[source].height * amount / left[source].amount
            size_right = right[outcome].height * amount / right[outcome].amount
            a, b = at_left[source], at_right[outcome]
            at_left[source], at_right[outcome] = a + size_left, b + size_right
            x0, x1, x = px(start), px(end), px(middle)
            path = (
                f"M{x0} {px(a)}C{x} {px(a)} {x} {px(b)} {x1} {px(b)}"
                f"V{px(b + size_right)}C{x} {px(b + size_right)} {x} {px(a + size_left)} {x0} {px(a + size_left)}Z"
            )
            tip = f"{safe(source)} → {safe(outcome)}: {amount:,.0f} {unit}"
            parts.append(f'<path class="ribbon {css_of[outcome]}" d="{path}"><title>{tip}</title></path>')
    return parts


def bar_and_label(node: Node, shape: Shape, css: str, unit: str) -> list[str]:
    """The bar of a node, its name and amount beside it, and a line to them where they stand apart. No `css`: a source."""
    at_left = not css
    x = shape.label_width if at_left else shape.width - shape.label_width - shape.bar
    text_x = x - 12 if at_left else x + shape.bar + 12
    line_x = (x - 1, x - 9) if at_left else (x + shape.bar + 1, x + shape.bar + 9)
    middle = node.top + node.height / 2
    parts = [
        f'<rect class="bar {css or "source"}" x="{px(x)}" y="{px(node.top)}" width="{px(shape.bar)}" '
        f'height="{px(node.height)}"/>'
    ]
    if abs(middle - node.label) > 1:
        points = f"M{px(line_x[0])} {px(middle)}L{px(line_x[1])} {px(node.label)}"
        parts.append(f'<path class="leader" d="{points}"/>')
    label, amount = safe(node.name, shape.max_label_chars), short(node.amount)
    anchor = ' text-anchor="end"' if at_left else ""
    if shape.two_lines:
        inner = (
            f'<tspan x="{px(text_x)}" dy="-0.25em">{label}</tspan>'
            f'<tspan class="amount" x="{px(text_x)}" dy="1.15em">{amount}</tspan>'
        )
    else:
        inner = f'{label} <tspan class="amount">{amount}</tspan>'
    tip = f"<title>{safe(node.name)}: {node.amount:,.0f} {unit}</title>"
    y = px(node.label + (0 if shape.two_lines else 4.5))
    return [*parts, f'<text x="{px(text_x)}" y="{y}"{anchor}>{tip}{inner}</text>']
