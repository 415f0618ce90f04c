"""Why documents were dropped: for each reason its number, the values that decided, and samples."""

from collections.abc import Sequence

import numpy as np

from soro.core.svg import safe, share
from soro.corpus.report.charts import value_chart, value_label
from soro.corpus.report.meanings import REASONS
from soro.corpus.report.survey import SHOWN, SHOWN_CHARS, Shown, Survey
from soro.corpus.report.values import Values

NUM_VALUES = 6


def reasons_section(survey: Survey) -> str:
    num_dropped = survey.total(side="dropped").documents
    intro = (
        f"<p>The first filter that objects names the reason. Up to {SHOWN} samples of each, cut to {SHOWN_CHARS} characters, "
        "drawn by a hash of the document's name, so that they stay the same.</p>"
    )
    blocks = [reason_block(survey, reason, number, num_dropped) for number, reason in enumerate(survey.reasons)]
    body = intro + "".join(blocks) if blocks else "<p>Nothing was dropped.</p>"
    return f'<section><h2 id="reasons">Dropped, by reason</h2>{body}</section>\n'


def reason_block(survey: Survey, reason: str, number: int, num_dropped: int) -> str:
    count = survey.total(side="dropped", reason=reason).documents
    meaning = f"<p>{safe(REASONS[reason])}</p>" if reason in REASONS else ""
    return (
        f'<article class="reason"><header><h3>{safe(reason)}</h3><span>{count:,} documents, '
        f'{share(count, num_dropped)} of the dropped</span></header>{meaning}<div class="columns"><div>'
        f"{values_block(survey.values[reason], f'value-{number}')}</div>"
        f"{samples_list(survey.shown['dropped', reason].items())}</div></article>\n"
    )


def values_block(values: Values, name: str) -> str:
    """A histogram with its quarters, or the most frequent values."""
    if not values.are_numbers:
        rows = [
            f"<li><span>{count:,}</span>{safe(word) or 'no value'}</li>" for word, count in values.frequent(NUM_VALUES)
        ]
        return f'<p class="faint">Most frequent values</p><ul class="facts">{"".join(rows)}</ul>'
    numbers = np.frombuffer(values.numbers, dtype=np.float64)
    low, lower, middle, upper, high = np.percentile(numbers, (0, 25, 50, 75, 100)).tolist()
    unit = f", {safe(values.unit)}" if values.unit else ""
    if low == high:
        return f'<p class="faint">Values{unit}: always {value_label(low)}</p>'
    rows = [
        f"<li><span>{value_label(value)}</span>{label}</li>"
        for label, value in (
            ("least", low),
            ("a quarter under", lower),
            ("half under", middle),
            ("three quarters under", upper),
            ("most", high),
        )
    ]
    facts = f'<ul class="facts">{"".join(rows)}</ul>'
    return f'<p class="faint">Values{unit}</p>{value_chart(name, numbers, values.unit)}{facts}'


def samples_list(samples: Sequence[Shown]) -> str:
    items = "".join(
        f"<li><code>{safe(sample.id, 120)}</code> <bdi class='faint'>{safe(sample.about, 100)}</bdi>"
        f"<q dir='auto'>{safe(sample.text, SHOWN_CHARS) or '<i>no text</i>'}</q></li>"
        for sample in samples
    )
    return f'<ul class="samples">{items}</ul>'
