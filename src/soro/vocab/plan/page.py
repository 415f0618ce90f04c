"""The plan as one HTML file that needs no network and no script."""

from soro import __version__
from soro.core.svg import safe
from soro.vocab.plan.build import Plan
from soro.vocab.plan.picture import STYLE as CHART_STYLE
from soro.vocab.plan.picture import charts, draw
from soro.vocab.plan.tables import Table, tables

STYLE = """
body{margin:0;background:#f7f5f0;color:#22262e;font:1rem/1.5 'Noto Sans','Segoe UI',Roboto,system-ui,sans-serif}
main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{margin:0 0 .25rem;font-size:1.6rem}h2{margin:2.5rem 0 .25rem;font-size:1.2rem}
p{max-width:52rem;margin:.25rem 0 .75rem;color:#5d626c;font-size:.9rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:1rem;margin-top:1.5rem}
.charts svg{width:100%;height:auto;background:#fffefb;border:1px solid #e1dcd1;border-radius:.5rem}
.scroll{overflow-x:auto;border:1px solid #e1dcd1;border-radius:.5rem;background:#fffefb}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{padding:.4rem .6rem;border-top:1px solid #e1dcd1;text-align:left;vertical-align:top;font-variant-numeric:tabular-nums}
thead th{border-top:0;color:#5d626c;white-space:nowrap}tbody th{white-space:nowrap}
"""


def page(plan: Plan) -> str:
    """The whole page: the charts, then every table."""
    pictures = "".join(draw(f"chart{number}", chart) for number, chart in enumerate(charts(plan)))
    title = f"Vocabulary plan of {safe(plan.recipe)}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}{CHART_STYLE}</style></head><body><main>\n<h1>{title}</h1>\n"
        f"<p>The recipe asks {plan.asked_rows:,} rows (dashed line); the rings are Gemma 3's own vocabulary. "
        f"Made by Soro {__version__}.</p>\n"
        f'<div class="charts">{pictures}</div>\n{"".join(map(section, tables(plan)))}</main></body></html>\n'
    )


def section(table: Table) -> str:
    head = "".join(f'<th scope="col">{safe(cell)}</th>' for cell in table.head)
    body = "".join(
        f'<tr><th scope="row">{safe(cells[0])}</th>{"".join(f"<td>{safe(cell)}</td>" for cell in cells[1:])}</tr>\n'
        for cells in table.body
    )
    return (
        f'<h2>{safe(table.title)}</h2>\n<p>{safe(table.note)}</p>\n<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr>'
        f"</thead><tbody>\n{body}</tbody></table></div>\n"
    )
