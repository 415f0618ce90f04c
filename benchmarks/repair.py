"""What `soro text repair` mends, what it must leave alone, and how fast it is, beside ftfy and tajiknlp.

    pip install ftfy tajiknlp
    python benchmarks/repair.py --data DATA

Tables, in order:
1. Documents of dirty-real by the artefact they are tagged with. Columns: documents; occurrences of the artefact before and after
   repair (counted by the patterns below), per cent gone.
2. The project's own readings (their words are among those that repair knows) and news paragraphs that neither the word counts
   nor `soro text restore` learned from, damaged in one way each (seed fixed), so that the right text is known. Columns: words
   wrong of a thousand before and after. Below: hyphens of compounds (яке-ду) with a line end put behind each.
3. Sentences in other languages (NTREX, SIB-200, UDHR; the part that trained no table of languages apart). Columns:
   sentences; letters changed, one sentence at a time; letters changed where sentences stand, one a line, between Tajik
   ones in the legacy font; per cent of the letters of that font that are mended in those.
4. Tajik that is clean, or nearly: edits by rule. ў in NTREX and news is an artefact, so its edits are right.
5. MB (UTF-8) a second of processor time on one core, the best of three.
"""

import argparse
import gzip
import html
import json
import random
import re
import time
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from identify_sources import PARALLEL, PARTS, PROJECT, parallel_sentences
from restore_data import part_of

from soro.core.recipe import Corpus
from soro.core.sections import parse_section
from soro.corpus.curate import kept_documents
from soro.tajik.alphabet import EXACT_TWINS, LEGACY_FONT, both_cases
from soro.tajik.repair import repair, repair_edits

WORD = re.compile(r"[^\W\d_]+")
COMPOUND = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
LETTER = r"[^\W\d_]"
ARTEFACTS = {
    "legacy-font-letters": "[њљїќѓЊЉЇЌЃ]",
    "short-u-for-u-macron": "[ўЎ]",
    "latin-macron-letters": "[ȳīāēȲĪĀĒ]",
    "mixed-script-word": r"\b(?=\w*[\u0400-\u052f])(?=\w*[A-Za-z])[^\W\d_]+\b",
    "ukrainian-i": "[іІ]",
    "soft-or-not-sign-hyphen": "[\u00ad¬]",
    "private-use-or-control": "[\ue000-\uf8ff\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f-\x9f]",
    "html-remains": r"&#?\w{2,8};|&shy|</?[a-zA-Z][^<>]*>",
    "line-break-hyphen": rf"(?<={LETTER})-[ \t]*\n[ \t]*(?={LETTER})",
    "footnotes-and-line-numbers": rf"(?<={LETTER})[.,;:!?»]{{0,3}}\*?\d{{1,2}}(?!\w)",
}


def table(head: str, rows: list[str]) -> None:
    print(f"| {head} |\n|{'---|' * (head.count('|') + 1)}")
    print("\n".join(f"| {row} |" for row in rows), end="\n\n")


def dirty(data: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (data / "dirty-real/documents.jsonl").read_text(encoding="utf-8").splitlines()]


def artefacts(data: Path) -> None:
    rows = []
    documents = dirty(data)
    mended = [repair(str(document["text"])) for document in documents]
    for name, pattern in ARTEFACTS.items():
        tagged = [i for i, document in enumerate(documents) if name in document["artefacts"]]  # type: ignore[operator]
        before = sum(len(re.findall(pattern, str(documents[i]["text"]))) for i in tagged)
        after = sum(len(re.findall(pattern, mended[i])) for i in tagged)
        rows.append(f"{name} | {len(tagged)} | {before:,} | {after:,} | {100 * (before - after) / max(1, before):.1f}")
    table("artefact | documents | before | after | gone %", rows)


def readings() -> list[str]:
    paths = sorted((PROJECT / "data/readings").rglob("*.md"))
    return [repair(path.read_text(encoding="utf-8").removeprefix("+++\n").split("\n+++\n", 1)[1]) for path in paths]


def some_words(text: str, chance: random.Random, share: float, change: Callable[[str], str]) -> str:
    return WORD.sub(lambda word: change(word[0]) if chance.random() < share else word[0], text)


def inside(sign: str, chance: random.Random) -> Callable[[str], str]:
    """A sign after one of the letters of a word of at least five, not the last two."""

    def put(word: str) -> str:
        place = chance.randrange(2, len(word) - 2) if len(word) > 4 else 0
        return word[:place] + sign + word[place:] if place else word

    return put


def with_notes(text: str, chance: random.Random) -> str:
    """Footnote digits that count up from 1 to 9 and begin again, behind one word in twelve that stands before a mark or space."""
    number, seen = 0, set()

    def put(word: re.Match[str]) -> str:
        nonlocal number
        if chance.random() > 1 / 12 or word[0].lower() in seen:
            return word[0]
        number = number % 9 + 1
        seen.clear() if number == 1 else None
        seen.add(word[0].lower())
        return f"{word[0]}{number}"

    return re.sub(r"(?<![\w-])[А-Яа-яЁёҒғӢӣҚқӮӯҲҳҶҷ]{3,}(?=[ \n.,])", put, text)


def damages() -> dict[str, Callable[[str, random.Random], str]]:
    """Name of each damage and the function that does it."""
    legacy = str.maketrans({meant: drawn for drawn, meant in both_cases(LEGACY_FONT).items()})
    latin = str.maketrans({twin: letter for letter, twin in EXACT_TWINS.items()})
    return {
        "legacy font, all": lambda text, _: text.translate(legacy),
        "legacy font, a word in ten": lambda text, chance: some_words(text, chance, 0.1, lambda w: w.translate(legacy)),
        "ў for ӯ": lambda text, _: text.translate(str.maketrans("ӯӮ", "ўЎ")),
        "ȳ ī": lambda text, _: text.translate(str.maketrans("ӯӣӮӢ", "ȳīȲĪ")),
        "a Latin letter, a word in ten": lambda text, chance: some_words(
            text, chance, 0.1, lambda w: w[:1] + w[1:2].translate(latin) + w[2:]
        ),
        "soft hyphens": lambda text, chance: some_words(text, chance, 0.3, inside("\u00ad", chance)),
        "¬": lambda text, chance: some_words(text, chance, 0.3, inside("¬", chance)),
        "&shy;": lambda text, chance: some_words(text, chance, 0.3, inside("&shy;", chance)),
        "broken words, - and line end": lambda text, chance: some_words(text, chance, 0.05, inside("-\n", chance)),
        "footnote digits": with_notes,
        "NFD": lambda text, _: unicodedata.normalize("NFD", text),
        "HTML": lambda text, _: (
            "<div class='a'><p>" + text.replace("\n\n", "</p>\n<p>").replace(" — ", "&nbsp;&mdash; ") + "</p></div>"
        ),
        "private use": lambda text, chance: some_words(text, chance, 0.1, inside("\ue83a", chance)),
        "none": lambda text, _: text,
    }


def wrong_words(found: str, meant: str) -> int:
    """Words of either text that the other lacks, the greater of the two counts."""
    have, want = Counter(found.split()), Counter(meant.split())
    return max((have - want).total(), (want - have).total())


def unseen_news(data: Path) -> list[str]:
    """Repaired news paragraphs that neither the word counts nor `soro text restore` learned from."""
    section = parse_section(Corpus, tomllib.loads((PROJECT / "recipes/counts-tgk.toml").read_text()), "counts")
    documents = (kept.document for kept in kept_documents(section, data, PROJECT) if kept.is_heldout)
    heldout = [document for document in documents if document.source == "bbc-tajik-paragraphs"]
    return [document.text for document in heldout if part_of(document.source, document.url) != "train"]


def known_text(data: Path) -> None:
    sets = [readings(), unseen_news(data)]
    rows = []
    for name, damage in damages().items():
        cells = []
        for texts in sets:
            chance = random.Random(name)
            broken = [damage(text, chance) for text in texts]
            mended = [repair(text) for text in broken]
            num_words = sum(len(text.split()) for text in texts)
            cells += [f"{1000 * sum(map(wrong_words, found, texts)) / num_words:.2f}" for found in (broken, mended)]
        rows.append(f"{name} | " + " | ".join(cells))
    sizes = [f"{sum(len(text.split()) for text in texts):,} words" for texts in sets]
    table(f"damage | own readings, {sizes[0]} | after repair | unseen news, {sizes[1]} | after repair", rows)
    compounds = [COMPOUND.sub("-\n", text) for texts in sets for text in texts]
    num_before, num_after = (sum(text.count("-\n") for text in side) for side in (compounds, map(repair, compounds)))
    print(f"Hyphens of compounds at the end of a line: {num_before:,}, wrongly taken out: {num_before - num_after:,}\n")


def letters_changed(text: str) -> int:
    """Letters that a repair took, put or exchanged; not those that NFC composes or that HTML wrote as numbers."""
    return sum(wrong_letters(edit.old, edit.new) for edit in repair_edits(text).edits)


def wrong_letters(old: str, new: str) -> int:
    before, after = letters(old), letters(new)
    return max((before - after).total(), (after - before).total())


def num_legacy(lines: list[str]) -> int:
    return sum(letter in both_cases(LEGACY_FONT) for line in lines for letter in line)


def letters(text: str) -> "Counter[str]":
    return Counter(filter(str.isalpha, unicodedata.normalize("NFC", html.unescape(text))))


def between(lines: list[str], tajik: list[str]) -> str:
    """A line of the language, a Tajik line, and so on."""
    return "\n".join(line for i, other in enumerate(lines) for line in (other, tajik[i % len(tajik)]))


def udhr(data: Path, name: str) -> list[str]:
    text = (data / f"udhr/udhr_{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def harm(data: Path) -> None:
    font = str.maketrans({meant: drawn for drawn, meant in both_cases(LEGACY_FONT).items()})
    tajik = [repair(line).translate(font) for line in parallel_sentences(data, ("tg", "Cyrl"), "final")]
    groups: dict[str, list[str]] = {}
    for language in PARALLEL:
        if language[0] != "tg":
            for part in PARTS:
                name = f"{' '.join(language)}, {'unseen' if part == 'final' else 'the rest'}"
                groups[name] = groups.get(name, []) + parallel_sentences(data, language, part)
    names = sorted(path.stem.removeprefix("udhr_") for path in (data / "udhr").glob("udhr_*.txt"))
    groups |= {f"UDHR {name}": udhr(data, name) for name in names if name != "tgk"}
    rows = []
    for name, lines in groups.items():
        alone = sum(map(letters_changed, lines))
        mixed = between(lines, tajik)
        others = [line for i, line in enumerate(mixed.split("\n")) if i % 2 == 0]
        after = repair(mixed).split("\n")
        changed = sum(wrong_letters(old, new) for old, new in zip(others, after[::2], strict=True))
        left = 100 - 100 * num_legacy(after[1::2]) / num_legacy(mixed.split("\n")[1::2])
        rows.append(f"{name} | {len(lines):,} | {alone} | {changed} | {left:.2f}")
    table("language | sentences | letters changed alone | between Tajik lines | Tajik letters mended there %", rows)


def news(data: Path) -> list[str]:
    lines = (data / "bbc-tajik-paragraphs/paragraphs.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def clean(data: Path) -> None:
    sets = {
        "NTREX and SIB-200 tgk": [line for part in PARTS for line in parallel_sentences(data, ("tg", "Cyrl"), part)],
        "UDHR tgk": udhr(data, "tgk"),
        "news": news(data),
        "own readings": readings(),
    }
    rows = []
    for name, texts in sets.items():
        rules = Counter(edit.rule for text in texts for edit in repair_edits(text).edits)
        words = sum(len(text.split()) for text in texts)
        rows.append(
            f"{name} | {words:,} | " + (", ".join(f"{rule} {n:,}" for rule, n in rules.most_common()) or "none")
        )
    table("text | words | edits by rule", rows)


def peers() -> Iterator[tuple[str, Callable[[str], object]]]:
    yield "soro", repair
    yield "soro, with edits", repair_edits
    try:
        import ftfy

        yield "ftfy", ftfy.fix_text
    except ImportError:
        print("(ftfy is not installed; run: pip install ftfy)\n")
    try:
        from tajiknlp import Doc
        from tajiknlp.components.normalizers.cyrillic import TajikCyrillicNormalizer

        normalize = TajikCyrillicNormalizer(lowercase=False)
        yield "tajiknlp normalizer", lambda text: normalize(Doc(text=text))
    except ImportError:
        print("(tajiknlp is not installed; run: pip install tajiknlp)\n")


def speed(data: Path) -> None:
    paragraphs = news(data)
    with gzip.open(data / "shahnameh-pdf/shohnoma_1.raw.txt.gz", "rt", encoding="utf-8") as file:
        pages = file.read().split("\f")[:400]
    texts = {
        "own readings": readings(),
        "news, 20 paragraphs a text": ["\n".join(paragraphs[i : i + 20]) for i in range(0, len(paragraphs), 20)],
        "PDF pages in a legacy font": pages,
        "dirty-real": [str(document["text"]) for document in dirty(data)],
    }
    rows = []
    for name, fix in peers():
        cells = []
        for documents in texts.values():
            size = sum(len(text.encode()) for text in documents) / 1e6
            cells.append(f"{max(size / seconds(fix, documents) for _ in range(3)):.2f}")
        rows.append(f"{name} | " + " | ".join(cells))
    table("MB a second | " + " | ".join(texts), rows)


def seconds(fix: Callable[[str], object], texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        fix(text)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the data root of docs/sources.md")
    parser.add_argument("--only", choices=("artefacts", "known", "harm", "clean", "speed"), help="one table alone")
    options = parser.parse_args()
    tables: dict[str, Callable[[], None]] = {
        "artefacts": lambda: artefacts(options.data),
        "known": lambda: known_text(options.data),
        "harm": lambda: harm(options.data),
        "clean": lambda: clean(options.data),
        "speed": lambda: speed(options.data),
    }
    for name, show in tables.items():
        if options.only in (None, name):
            show()


if __name__ == "__main__":
    main()
