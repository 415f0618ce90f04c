"""Tables of the page: they scroll in themselves and can be reached with the keyboard."""

from collections.abc import Sequence

from soro.core.svg import safe


class Markup(str):
    """HTML that is safe already; every other cell is escaped."""


Cell = str | int


def table(
    caption: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], *, foot: Sequence[Cell] = (), long: str = ""
) -> str:
    """A table whose first column heads its rows; numbers stand to the right; columns named in `long` may break."""
    is_number = [
        all(isinstance(row[place], int) or is_amount(row[place]) for row in rows) for place in range(len(header))
    ]
    css = [
        ' class="n"' if n else ' class="long"' if h in long.split("|") else ""
        for n, h in zip(is_number, header, strict=True)
    ]
    head = "".join(f'<th scope="col"{c}>{safe(h)}</th>' for c, h in zip(css, header, strict=True))
    body = "".join(f"<tr>{cells(row, css)}</tr>\n" for row in rows)
    tail = f"<tfoot><tr>{cells(foot, css)}</tr></tfoot>" if foot else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{safe(caption)}"><table><caption>{safe(caption)}'
        f"</caption><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody>{tail}</table></div>\n"
    )


def is_amount(cell: Cell) -> bool:
    """Whether a text is a number with its sign, or markup that draws one."""
    return (isinstance(cell, Markup) and cell.startswith("<data")) or str(cell)[:1].isdigit() or cell in ("", "< 0.1 %")


def cells(row: Sequence[Cell], css: Sequence[str]) -> str:
    parts = []
    for place, (cell, kind) in enumerate(zip(row, css, strict=True)):
        shown = f"{cell:,}" if isinstance(cell, int) else cell if isinstance(cell, Markup) else safe(cell)
        parts.append(f'<th scope="row">{shown}</th>' if place == 0 else f"<td{kind}>{shown}</td>")
    return "".join(parts)


def with_bar(shown: str, part: float, css: str = "keep") -> Markup:
    """A cell with a share and a bar of its size."""
    return Markup(
        f'<data value="{part:.4f}">{safe(shown)}</data><svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="{css}" width="{100 * part:.1f}" height="4"/></svg>'
    )
