"""What each filter of the corpus drops: good prose by mistake, bad text as it should.

    python benchmarks/filters.py --data DATA --half choose    # values of one half, from which thresholds were chosen
    python benchmarks/filters.py --data DATA                  # the other half, at the defaults of the recipe

`--half choose` prints for each filter the value of good documents at which 99 % and 99.9 % are kept and the furthest one, and
of each bad kind the share caught at the default. Without it: per cent of each set that the filters drop, with the reasons;
`alone` asks every filter by itself, which shows one that another hides. A document falls into a half by its key.
`--sets NAME` limits the sets to those whose name holds NAME; `--show N` prints keys and values of N good documents dropped.
"""

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
from filters_data import Item, Sets, dirty_sets, foreign_sets, good_sets, made_sets

from soro.core.files import is_heldout
from soro.core.recipe import Corpus, Filters, Source
from soro.corpus.filters import FILTERS
from soro.corpus.page import Page
from soro.corpus.sketch import DocumentCounter, counter_of
from soro.corpus.templates import template_hashes, template_shares

KEY = {  # the name of a filter's function: the key of its threshold
    "mojibake": "max_mojibake_share", "machine_codes": "max_code_share", "random_letters": "max_unpronounceable_share",
    "other_language": "min_language_share", "symbols": "max_symbol_share", "digits": "max_digit_share",
    "duplicate_lines": "max_duplicate_line_share", "duplicate_paragraphs": "max_duplicate_paragraph_share",
    "top_ngram": "max_top_ngram_share", "duplicate_ngrams": "max_duplicate_ngram_share",
    "navigation": "max_list_share", "few_stop_words": "min_stop_word_share", "template": "max_template_share",
}  # fmt: skip
ANY = Source(name="any", path="any", licence="", tier="own")
Values = dict[str, float]  # of one document: key of a threshold -> value


def everything() -> Corpus:
    """A section at which every filter objects, so that each says its value."""
    limits = {key: 0.0 if key.startswith("max_") else 1.0 for key in KEY.values()}
    return Corpus(sources=(ANY,), filters=replace(Filters(), **limits))


def values_of(item: Item, section: Corpus, templates: DocumentCounter) -> Values:
    _, document, source = item
    page = Page(document, source)
    values: Values = {}
    for check in FILTERS:
        if key := KEY.get(check.__name__):
            found = check(page, section)
            values[key] = float(found[1]) if found else (0.0 if key.startswith("max_") else 1.0)
    hashes, most = template_hashes(page.facts), section.filters.max_template_documents
    values["max_template_share"] = float(template_shares(templates, hashes, np.array([len(hashes)]), most)[0])
    return values


def objections(values: Values, limits: Filters) -> list[str]:
    """The filters that object, in their order."""
    return [
        name
        for name, key in KEY.items()
        if (values[key] > getattr(limits, key) if key.startswith("max_") else values[key] < getattr(limits, key))
    ]


def halves(sets: Sets, chosen: bool) -> Sets:
    return {
        name: [item for item in items if is_heldout(f"{name}/{item[0]}", 0.5) == chosen] for name, items in sets.items()
    }


def measure(sets: Sets, templates: DocumentCounter) -> dict[str, list[Values]]:
    section = everything()
    return {name: [values_of(item, section, templates) for item in items] for name, items in sets.items()}


def print_values(good: dict[str, list[Values]], limits: Filters) -> None:
    print("\n| threshold | default | good: 99 % kept at | 99.9 % | all | furthest set |\n|---|---|---|---|---|---|")
    for key in KEY.values():
        pairs = [(values[key], name) for name, rows in good.items() for values in rows]
        sign = 1 if key.startswith("max_") else -1
        found = np.array([value for value, _ in pairs])
        far = max(pairs, key=lambda pair: sign * pair[0])
        cells = (sign * np.quantile(sign * found, share, method="higher") for share in (0.99, 0.999, 1.0))
        print(f"| {key} | {getattr(limits, key)} | " + " | ".join(f"{c:.3f}" for c in cells) + f" | {far[1]} |")


def print_table(title: str, rows: dict[str, list[Values]], limits: Filters) -> None:
    print(f"\n| {title} | documents | dropped, % | first reason, % | alone, % |\n|---|---|---|---|---|")
    for name, documents in rows.items():
        found = [objections(values, limits) for values in documents]
        first, alone = Counter(names[0] for names in found if names), Counter(n for names in found for n in names)
        size = max(1, len(documents))
        cells = (", ".join(f"{n} {100 * c / size:.1f}" for n, c in counter.most_common()) for counter in (first, alone))
        print(f"| {name} | {len(documents)} | {100 * sum(first.values()) / size:.2f} | " + " | ".join(cells) + " |")


def print_shown(sets: Sets, rows: dict[str, list[Values]], limits: Filters, num: int) -> None:
    for name, items in sets.items():
        hit = [(i, v) for i, v in zip(items, rows[name], strict=True) if objections(v, limits)]
        for item, values in hit[:num]:
            print(
                name,
                item[0],
                {n: round(values[KEY[n]], 3) for n in objections(values, limits)},
                repr(item[1].text[:150]),
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the data root of docs/sources.md")
    parser.add_argument("--half", choices=("choose", "report"), default="report")
    parser.add_argument("--sets", default="", help="only sets whose name holds this")
    parser.add_argument("--show", type=int, default=0, help="good documents dropped to print, a set")
    options = parser.parse_args()
    good, bad, dirty = good_sets(options.data), made_sets(options.data), dirty_sets(options.data)
    bad |= foreign_sets(options.data)
    documents = [
        Page(document, source)
        for sets in (good, bad, dirty)
        for items in sets.values()
        for _, document, source in items
    ]
    templates = counter_of([template_hashes(page.facts) for page in documents], 24)
    limits = Filters()
    for title, sets in (("good prose", good), ("bad text", bad), ("real dirt, repaired", dirty)):
        wanted = {name: items for name, items in sets.items() if options.sets in name}
        chosen = halves(wanted, options.half == "choose")
        rows = measure(chosen, templates)
        if options.half == "choose" and sets is good and rows:
            print_values(rows, limits)
        print_table(f"{title}, half {options.half}", rows, limits)
        if sets is good:
            print_shown(chosen, rows, limits, options.show)


if __name__ == "__main__":
    main()
