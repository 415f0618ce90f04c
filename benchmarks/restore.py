"""How well `soro text restore` puts ғ ӣ қ ӯ ҳ ҷ back, on documents that trained nothing, and how fast.

    python benchmarks/restore.py --data DATA [--part dev]

The letters are taken out of each document and put back; a word (a run of letters, inner hyphens kept) is right when every
letter is. Columns: words; percent right when nothing is done, with the most frequent form of each word in the training
part, and with Soro; then Soro on words that had two forms or more there, and on words that were not there; slips: words of
the reference itself that differ from what 99 % of 20 training uses or more have; less slips: Soro on the other words;
changed: percent of the words, slips not counted and all, that Soro changes in the text as it is; mixed: percent right when
every second sentence has lost its letters.
The second table: words changed in the Universal Declaration of Human Rights in other languages written in Cyrillic.
Words a second: one core, processor time, the text of all documents without its letters.
"""

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from restore_data import SPLIT_SOURCES, Text, load_texts

from soro.tajik.restore import restore
from soro.tajik.restore.letters import take_letters
from soro.tajik.restore.model import Model, read_model, shipped_model
from soro.tajik.words import WORD

MIN_OTHER_SHARE = 0.01  # of a word's training uses, from which a second form makes it ambiguous
SLIP_USES, SLIP_SHARE = 20, 0.99
COLUMNS = (
    "words",
    "nothing",
    "most frequent",
    "soro",
    "ambiguous",
    "unseen",
    "slips",
    "less slips",
    "changed",
    "changed, all",
    "mixed",
)
OTHER_LANGUAGES = ("rus", "uzn_cyrl", "kaz", "khk", "ukr", "bel", "bul", "srp_cyrl", "mkd")


def word_forms(texts: list[Text]) -> dict[str, Counter[str]]:
    """Uses of each form in the training part, by word without letters."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        if text.part == "train":
            for word in WORD.findall(text.text.lower()):
                forms[take_letters(word)][word] += 1
    return forms


def words_with_places(text: str) -> Iterator[tuple[slice, str]]:
    for match in WORD.finditer(text):
        if match.group()[0].isalpha():
            yield slice(*match.span()), match.group()


def half_taken(text: str) -> str:
    """The text with every second sentence typed on a Russian keyboard."""
    sentences = re.split(r"(?<=[.!?…\n])(?=\s)", text)
    return "".join(take_letters(s) if i % 2 else s for i, s in enumerate(sentences))


def measure(
    texts: list[Text], forms: dict[str, Counter[str]], model: Model, wrong: Counter[tuple[str, str, str]]
) -> Counter[str]:
    """Counts of words by column over the documents of one source."""
    counts: Counter[str] = Counter()
    for text in texts:
        bare = take_letters(text.text)
        back, kept, mixed = restore(bare, model), restore(text.text, model), restore(half_taken(text.text), model)
        for place, word in words_with_places(text.text):
            known = forms.get(bare[place].lower(), Counter())
            is_right = back[place] == word
            counts["words"] += 1
            counts["nothing"] += bare[place] == word
            best = known.most_common(1)[0] if known else (bare[place].lower(), 0)
            counts["most frequent"] += best[0] == word.lower()
            counts["soro"] += is_right
            counts["changed, all"] += kept[place] != word
            counts["mixed"] += mixed[place] == word
            is_slip = known.total() >= SLIP_USES and best[1] >= SLIP_SHARE * known.total() and best[0] != word.lower()
            counts["slips"] += is_slip
            counts["all less slips"] += not is_slip
            counts["less slips"] += is_right and not is_slip
            counts["changed"] += kept[place] != word and not is_slip
            kind = (
                "unseen"
                if not known
                else "ambiguous"
                if known.total() - best[1] > MIN_OTHER_SHARE * known.total()
                else "plain"
            )
            counts[f"all {kind}"] += 1
            counts[kind] += is_right
            if not is_right:
                wrong[kind + (" slip" if is_slip else ""), word, back[place]] += 1
            if kept[place] != word:
                wrong["changed" + (" slip" if is_slip else ""), word, kept[place]] += 1
    return counts


def row(source: str, counts: Counter[str]) -> str:
    """One line of the table, in percent."""
    cells = [f"{counts['words']:,}"]
    for column in COLUMNS[1:]:
        of = counts.get(f"all {column}", counts["words"])
        cells.append(f"{100 * counts[column] / max(1, of):.2f}")
    shares = (f"{100 * counts[f'all {kind}'] / max(1, counts['words']):.1f} %" for kind in ("ambiguous", "unseen"))
    return f"| {source} | " + " | ".join(cells) + " | " + " | ".join(shares) + " |"


def changed_elsewhere(data: Path, model: Model) -> str:
    """A line a language: words of a text in it, words that came out changed."""
    lines = ["| language | words | changed |", "|---|---|---|"]
    for lang in OTHER_LANGUAGES:
        text = (data / "udhr" / f"udhr_{lang}.txt").read_text(encoding="utf-8")
        after = restore(text, model)
        pairs = [(word, after[place]) for place, word in words_with_places(text)]
        lines.append(f"| {lang} | {len(pairs):,} | {sum(a != b for a, b in pairs)} |")
    return "\n".join(lines)


def words_a_second(texts: list[Text], model: Model) -> float:
    bare = [take_letters(text.text) for text in texts]
    num_words = sum(1 for text in bare for _ in WORD.finditer(text))
    start_s = time.process_time()
    for text in bare:
        restore(text, model)
    return num_words / (time.process_time() - start_s)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the data root of docs/sources.md")
    parser.add_argument("--part", choices=("dev", "final"), default="final")
    parser.add_argument("--model", type=Path, help="a folder of model files [default: the shipped one]")
    parser.add_argument("--wrong", type=Path, help="write the words that came out wrong there, most frequent first")
    options = parser.parse_args()
    model = read_model(options.model) if options.model else shipped_model()
    texts = load_texts(options.data)
    forms = word_forms(texts)
    held = [text for text in texts if text.part == options.part]
    print(f"| {options.part} | " + " | ".join(COLUMNS) + " | share ambiguous | share unseen |")
    print("|---|" + "---|" * (len(COLUMNS) + 2))
    wrong: dict[str, Counter[tuple[str, str, str]]] = {name: Counter() for name in SPLIT_SOURCES.values()}
    for source, name in SPLIT_SOURCES.items():
        print(row(name, measure([t for t in held if t.source == source], forms, model, wrong[name])), flush=True)
    print(f"\n{changed_elsewhere(options.data, model)}")
    print(f"\n{words_a_second(held, model):,.0f} words a second")
    if options.wrong:
        listed = {name: [[*key, n] for key, n in found.most_common()] for name, found in wrong.items()}
        options.wrong.write_text(json.dumps(listed, ensure_ascii=False, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
