"""The page: its sections in order, each from the survey of a corpus."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soro import __version__
from soro.core.svg import safe, share
from soro.corpus.benchmarks import Contaminated
from soro.corpus.notes import Note
from soro.corpus.report.charts import length_chart
from soro.corpus.report.flow import flow
from soro.corpus.report.meanings import TIERS, language
from soro.corpus.report.measures import LanguageShares, TokenRate
from soro.corpus.report.reasons import reasons_section, samples_list
from soro.corpus.report.survey import BIN_STARTS, SAMPLED, SAMPLED_CHARS, Survey, Tally
from soro.corpus.report.table import Cell, Markup, table, with_bar

STYLE = Path(__file__).with_name("report.css")
MATCH_COLUMNS = {
    "items": "num_items",
    "items found": "num_items_found",
    "documents dropped": "num_documents",
    "exact matches": "num_matches_exact",
    "near matches": "num_matches_near",
}
LONG_MATCHES = "item|document|words that both share"
KEPT, HELD_OUT = "train", "held out"
CARD_FIELDS = ("lang", "licence", "tier", "url", "date")
MAX_NOTE_KINDS = MAX_MATCHES = 20


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that the page says. `counts` are those of the manifest, `settings` the recipe's section, `cards` the sources;
    `notes` has for each kind its number and the first of it, None where a corpus lists no notes; `contaminated` are the first
    matches of benchmark items."""

    survey: Survey
    cards: Sequence[Mapping[str, Any]]
    counts: Mapping[str, Any]
    settings: Mapping[str, Any]
    notes: Mapping[str, tuple[int, Note]] | None
    contaminated: Sequence[Contaminated]
    languages: Mapping[str, LanguageShares]
    tokens: Sequence[TokenRate]

    @property
    def sources(self) -> list[str]:
        """In the order of the recipe, then any that only the documents name."""
        named = [str(card.get("name", "")) for card in self.cards]
        return [*named, *(source for source in self.survey.sources if source not in named)]


def page(facts: Facts) -> str:
    sections = [
        ("flow", "What came in and went out", flow_section(facts)),
        ("sources", "Sources and licences", sources_section(facts)),
        ("reasons", "Dropped, by reason", reasons_section(facts.survey)),
        ("benchmarks", "Benchmark items", benchmarks_section(facts)),
        ("kept", "Kept", kept_section(facts.survey)),
        ("lengths", "Lengths", lengths_section(facts.survey)),
        ("languages", "Languages", languages_section(facts.languages)),
        ("tokens", "Tokens by tokenizer", tokens_section(facts.tokens) if facts.tokens else ""),
        ("notes", "Notes of the readers", notes_section(facts.notes) if facts.notes is not None else ""),
        ("recipe", "Settings of the recipe", settings_section(facts.settings)),
    ]
    links = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title, body in sections if body)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f'<meta name="generator" content="soro {safe(__version__)}">\n<title>Corpus report</title>\n'
        f"<style>\n{STYLE.read_text(encoding='utf-8')}</style></head>\n<body><main>\n{head(facts)}"
        f'<nav aria-label="Sections"><ul>{links}</ul></nav>\n{"".join(body for _, _, body in sections)}</main></body></html>\n'
    )


def head(facts: Facts) -> str:
    everything, train = facts.survey.total(), facts.survey.total(side="train")
    heldout, dropped = facts.survey.total(side="heldout"), facts.survey.total(side="dropped")
    tiles = [
        ("", "Came in", everything, f"{len(facts.sources)} source{'s' * (len(facts.sources) != 1)}"),
        ("keep", "Train", train, f"{train.words:,} words"),
        ("held", "Held out", heldout, f"{heldout.words:,} words"),
        ("drop", "Dropped", dropped, f"{share(dropped.documents, max(1, everything.documents))} of the documents"),
    ]
    shown = "".join(
        f'<div class="{css}"><dt>{name}</dt><dd>{tally.documents:,}<small>documents</small><small>{tally.chars:,} characters'
        f"</small><small>{about}</small></dd></div>"
        for css, name, tally, about in tiles
    )
    return (
        "<header><h1>Corpus report</h1><p>Which documents came in, which went on to training, and why the others did not. "
        "Held-out documents only measure. The samples are text of the sources: this page may go where that text may go.</p>"
        f'</header><dl class="tiles">{shown}</dl>{disagreement(facts)}'
    )


def disagreement(facts: Facts) -> str:
    """A warning where the files hold other numbers than the manifest."""
    held = {
        "num_documents_in": facts.survey.total().documents,
        "num_documents_train": facts.survey.total(side="train").documents,
        "num_documents_heldout": facts.survey.total(side="heldout").documents,
        "num_documents_dropped": facts.survey.total(side="dropped").documents,
    }
    wrong = [
        f"{name} is {facts.counts[name]:,} in the manifest, {number:,} in the files"
        for name, number in held.items()
        if name in facts.counts and facts.counts[name] != number
    ]
    return (
        f'<p class="alarm"><strong>The numbers do not add up:</strong> {safe("; ".join(wrong))}.</p>' if wrong else ""
    )


def flow_section(facts: Facts) -> str:
    survey = facts.survey
    css_of = {KEPT: "keep", HELD_OUT: "held", **dict.fromkeys(survey.reasons, "drop")}
    tallies = [(source, outcome_name(outcome), tally) for (source, outcome), tally in sorted(survey.tallies.items())]
    documents = flow("flow-documents", [(s, o, t.documents) for s, o, t in tallies], unit="documents", css_of=css_of)
    chars = flow("flow-characters", [(s, o, t.chars) for s, o, t in tallies], unit="characters", css_of=css_of)
    legend = (
        '<ul class="legend" aria-hidden="true"><li class="keep"><i></i>train</li><li class="held"><i></i>held out</li>'
        '<li class="drop"><i></i>dropped, by reason</li></ul>'
    )
    figures = "".join(
        f"<figure><figcaption>{caption}</figcaption>{legend}{drawing}</figure>\n"
        for caption, drawing in (
            ("Documents: sources at the left, what became of them at the right", documents),
            ("Characters: the same flow by the amount of text", chars),
        )
        if drawing
    )
    numbers = flow_table(facts)
    return (
        f'<section><h2 id="flow">What came in and went out</h2>{figures}<details><summary>The numbers of both pictures'
        f"</summary>{numbers}</details></section>\n"
    )


def outcome_name(outcome: tuple[str, str]) -> str:
    side, reason = outcome
    return {"train": KEPT, "heldout": HELD_OUT}.get(side, reason)


def flow_table(facts: Facts) -> str:
    survey = facts.survey
    outcomes = [("train", ""), ("heldout", ""), *(("dropped", reason) for reason in survey.reasons)]
    header = ["source", "came in", *map(outcome_name, outcomes)]

    def row(name: str, source: str | None, what: str) -> list[Cell]:
        whole: int = getattr(survey.total(source=source), what)
        return [name, whole, *(getattr(survey.total(source=source, side=s, reason=r), what) for s, r in outcomes)]

    return "".join(
        table(
            f"{what.capitalize()} by source and outcome",
            header,
            [row(source, source, attribute) for source in facts.sources],
            foot=row("all", None, attribute),
        )
        for what, attribute in (("documents", "documents"), ("characters", "chars"))
    )


def sources_section(facts: Facts) -> str:
    header = [
        "source",
        "language",
        "licence",
        "tier",
        "came in",
        "train",
        "held out",
        "dropped",
        "words kept",
        "characters kept",
    ]
    header += ["address", "date"]
    cards = {str(card.get("name", "")): card for card in facts.cards}
    rows: list[list[Cell]] = []
    for source in facts.sources:
        lang, licence, tier, url, date = (str(cards.get(source, {}).get(field, "") or "") for field in CARD_FIELDS)
        numbers = source_numbers(facts.survey, source)
        rows.append([source, language(lang), licence, tier, *numbers, address(url), Markup(safe(date) or "–")])
    foot: list[Cell] = ["all", "", "", "", *source_numbers(facts.survey, None), "", ""]
    caption = "Sources; words and characters are those of train and held-out documents"
    used = {str(card.get("tier", "")) for card in facts.cards}
    tiers = "".join(f"<li><strong>{safe(tier)}</strong> {text}</li>" for tier, text in TIERS.items() if tier in used)
    return (
        f'<section><h2 id="sources">Sources and licences</h2>'
        f"{table(caption, header, rows, foot=foot, long='licence|address')}"
        f'<ul class="facts">{tiers}</ul>{licence_table(facts, cards)}</section>\n'
    )


def source_numbers(survey: Survey, source: str | None) -> list[int]:
    train, heldout = survey.total(source=source, side="train"), survey.total(source=source, side="heldout")
    kept, everything = train + heldout, survey.total(source=source)
    dropped = everything.documents - kept.documents
    return [everything.documents, train.documents, heldout.documents, dropped, kept.words, kept.chars]


def licence_table(facts: Facts, cards: Mapping[str, Mapping[str, Any]]) -> str:
    of_licence: dict[str, Tally] = {}
    num_sources: Counter[str] = Counter()
    for source in facts.sources:
        licence = str(cards.get(source, {}).get("licence", "") or "not stated")
        kept = facts.survey.total(source=source, side="train") + facts.survey.total(source=source, side="heldout")
        of_licence[licence] = of_licence.get(licence, Tally()) + kept
        num_sources[licence] += 1
    whole = max(1, sum(tally.chars for tally in of_licence.values()))
    ranked = sorted(of_licence.items(), key=lambda entry: (-entry[1].chars, entry[0]))
    rows: list[list[Cell]] = [
        [name, num_sources[name], t.documents, t.words, t.chars, with_bar(share(t.chars, whole), t.chars / whole)]
        for name, t in ranked
    ]
    header = ["licence", "sources", "documents", "words", "characters", "share of the text"]
    return table("Licences of what was kept", header, rows)


def address(url: str) -> Markup:
    """A link for addresses of the web; anything else as it is written."""
    if url.startswith(("https://", "http://")):
        return Markup(f'<a href="{safe(url)}" rel="noreferrer">{safe(url.split("://", 1)[1], 60)}</a>')
    return Markup(safe(url, 60) or "–")


def benchmarks_section(facts: Facts) -> str:
    """What was found of each benchmark, and the first matches; nothing for a corpus that looked for none."""
    found: Mapping[str, Mapping[str, int]] = facts.counts.get("benchmarks", {})
    if not found:
        return ""
    numbers: list[list[Cell]] = [
        [name, *(counts[key] for key in MATCH_COLUMNS.values())] for name, counts in found.items()
    ]
    matches: list[list[Cell]] = [
        [f"{match.benchmark}, line {match.line} {match.field}".strip(), match.id, match.rule, match.words]
        for match in facts.contaminated
    ]
    shown = table(
        "The first matches", ["item", "document", "rule", "words that both share"], matches, long=LONG_MATCHES
    )
    return (
        '<section><h2 id="benchmarks">Benchmark items</h2><p>A document that holds an item of a benchmark is dropped, so that '
        "the benchmark measures what the model can do, not what it read. Every match is in <code>contaminated.jsonl</code>.</p>"
        f"{table('Benchmarks looked for', ['benchmark', *MATCH_COLUMNS], numbers)}{shown if matches else ''}</section>\n"
    )


def kept_section(survey: Survey) -> str:
    blocks = "".join(
        f'<article class="reason"><header><h3>{name}</h3><span>{survey.total(side=side).documents:,} documents</span></header>'
        f"{samples_list(survey.shown[side, ''].items())}</article>\n"
        for side, name in (("train", "Train"), ("heldout", "Held out"))
    )
    intro = "<p>Samples drawn in the same way, to hold beside the dropped ones.</p>"
    return f'<section><h2 id="kept">Kept</h2>{intro}{blocks}</section>\n'


def lengths_section(survey: Survey) -> str:
    kept, dropped = (survey.lengths[side].tolist() for side in ("kept", "dropped"))
    chart = length_chart("lengths-picture", BIN_STARTS, kept, dropped)
    ends = [*(f"{end - 1:,}" for end in BIN_STARTS[1:]), "more"]
    rows: list[list[Cell]] = [
        [Markup(f"{start:,}" if str(start) == end else f"{start:,} to {end}"), a, b]
        for start, end, a, b in zip(BIN_STARTS, ends, kept, dropped, strict=True)
        if a or b
    ]
    numbers = table(
        "Documents by length", ["characters", "kept", "dropped"], rows, foot=["all", sum(kept), sum(dropped)]
    )
    return (
        '<section><h2 id="lengths">Lengths</h2><figure><figcaption>Documents by their characters on a logarithmic scale, as a '
        "share of the kept and of the dropped ones; dropped documents are measured as they were read</figcaption>"
        '<ul class="legend" aria-hidden="true"><li class="keep"><i></i>kept</li><li class="drop"><i></i>dropped</li></ul>'
        f"{chart}</figure><details><summary>The numbers of the picture</summary>{numbers}</details></section>\n"
    )


def languages_section(languages: Mapping[str, LanguageShares]) -> str:
    """Languages as rows, groups of documents as columns."""
    if not languages:
        return ""
    found = {lang for shares in languages.values() for lang in shares.letters}
    order = sorted(found, key=lambda lang: (-max(s.letters.get(lang, 0.0) for s in languages.values()), lang))
    rows: list[list[Cell]] = [
        [
            f"{language(lang)} ({lang})",
            *(with_bar(share(p, 1), p, "drop" if g == "dropped" else "keep") for g, p in letters_in(languages, lang)),
        ]
        for lang in order
    ]
    sizes: list[Cell] = ["documents judged", *(shares.num_texts for shares in languages.values())]
    return (
        '<section><h2 id="languages">Languages</h2><p>Share of the letters in each language, as '
        f"<code>soro text identify</code> hears it, in the first {SAMPLED_CHARS:,} characters of up to {SAMPLED} documents of "
        "each group, drawn by a hash of their names. Kept documents are grouped by the language that their source declares."
        f"</p>{table('Languages of a sample', ['language', *languages], rows, foot=sizes)}</section>\n"
    )


def letters_in(languages: Mapping[str, LanguageShares], lang: str) -> list[tuple[str, float]]:
    return [(group, shares.letters.get(lang, 0.0)) for group, shares in languages.items()]


def tokens_section(rates: Sequence[TokenRate]) -> str:
    most = max(rate.per_word for rate in rates)
    rows: list[list[Cell]] = [
        [
            f"{rate.tokenizer}",
            rate.vocab_size,
            Markup(safe(language(rate.group))),
            rate.num_texts,
            with_bar(f"{rate.per_word:.3f}", rate.per_word / most),
            f"{rate.per_char:.3f}",
        ]
        for rate in sorted(rates, key=lambda rate: rate.group)
    ]
    header = ["tokenizer", "vocabulary", "language", "documents", "tokens per word", "tokens per character"]
    return (
        '<section><h2 id="tokens">Tokens by tokenizer</h2><p>Into how many pieces a tokenizer cuts the text. Fewer is better: '
        "a model reads and writes one token at a time, so half the tokens are half the work, and twice the text fits into its "
        f"context. Measured on the first {SAMPLED_CHARS:,} characters of up to {SAMPLED} held-out documents of each language; a "
        "word is a run of letters or of digits. Tokens per character compares languages whose words differ in length.</p>"
        f"{table('Tokens of held-out documents', header, rows)}</section>\n"
    )


def notes_section(notes: Mapping[str, tuple[int, Note]]) -> str:
    if not notes:
        return '<section><h2 id="notes">Notes of the readers</h2><p>Every document was read as it is: no notes.</p></section>\n'
    ranked = sorted(notes.items(), key=lambda entry: (-entry[1][0], entry[0]))
    rows: list[list[Cell]] = [
        [kind, number, f"{first.id}: {first.note}"] for kind, (number, first) in ranked[:MAX_NOTE_KINDS]
    ]
    header = ["note", "documents", "first of them"]
    return (
        f'<section><h2 id="notes">Notes of the readers</h2><p>{sum(number for number, _ in notes.values()):,} documents were '
        "read in another way than usual. Every note is in <code>notes.jsonl</code>.</p>"
        f"{table('Notes by kind, the most frequent ones', header, rows, long='note|first of them')}</section>\n"
    )


def settings_section(settings: Mapping[str, Any]) -> str:
    """The plain values of the recipe's section; sources have their own table."""
    flat = {key: value for key, value in settings.items() if not isinstance(value, (Mapping, list, tuple))}
    for name, inner in settings.items():
        if isinstance(inner, Mapping):
            flat |= {
                f"{name}.{key}": value for key, value in inner.items() if not isinstance(value, (Mapping, list, tuple))
            }
    rows: list[list[Cell]] = [[key, Markup(safe(str(value)))] for key, value in flat.items()]
    body = table("Settings that decided", ["setting", "value"], rows) if rows else "<p>None are known.</p>"
    return f'<section><h2 id="recipe">Settings of the recipe</h2>{body}</section>\n'
