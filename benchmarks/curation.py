"""Personal data, benchmark items, lines of a site, the rule of language: what is found, and what is found by mistake.

    python benchmarks/curation.py --data DATA

Made cases stand in sentences of the readings. Personal data: numbers made at random in the usual ways to write them, and the
masks set in good prose, which has next to none. Benchmark items: SIB-200 sentences put into readings, whole, with every
eighth word changed, with every fourth changed; and readings, news and essays as they are. Lines of a site: 200 made pages with
two to five of eight lines of boilerplate each. Language: the old rule (small words and letters) beside the share of the document.
"""

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from filters_data import Sets, foreign_sets, good_sets, sib_groups

from soro.core.recipe import Corpus, Source
from soro.corpus.filters import MIN_CHARS_TO_IDENTIFY, first_objection, other_language
from soro.corpus.page import Page
from soro.corpus.site_lines import hashes_of_page, judged_lines, without_lines
from soro.corpus.sketch import counter_of
from soro.corpus.token_table import TokenTable
from soro.tajik.contamination import BenchmarkIndex
from soro.tajik.identify import tajik_score
from soro.tajik.personal import MASKS, mask_personal, passes_luhn

OWN = ("lessons", "readings", "dialogue replies")
FORMS = {
    "phone": (
        "+992 9# ### ## ##", "+9929########", "+992 (9#) ###-##-##", "992 9# ### ## ##", "9# ### ## ##", "9#-###-##-##",
        "(37) 22#-##-##", "8 (3422) #-##-##", "тел. 22#####", "телефон: 9########", "+7 (9##) ###-##-##", "22#-##-##",
        "9# ### ####", "918 ## ## ##", "тел: 9## ### ###",
    ),
    "email": ("abc###@mail.tj", "a.b_#@donishgoh.edu.tj"),
    "card": ("4### #### #### ####", "9762############", "5###-####-####-####"),
    "passport": ("шиноснома А #######", "шиносномаи рақами A########", "паспорт 4########", "А########"),
}  # fmt: skip
SECTION = Corpus(sources=(Source(name="any", path="any", licence="", tier="own"),))
BOILERPLATE = (
    "Ҳамаи ҳуқуқҳо ҳифз шудаанд", "Инро ҳам хонед:", "Ба дӯстон фиристед", "Шарҳи худро нависед", "Ахбори рӯз",
    "Мо дар шабакаҳои иҷтимоӣ", "Барои обуна суроғаи худро нависед.", "Баргаштан ба боло",
)  # fmt: skip


def filled(form: str, rng: random.Random) -> str:
    while True:
        text = "".join(rng.choice("0123456789") if character == "#" else character for character in form)
        if form not in FORMS["card"] or passes_luhn(text):
            return text


def print_personal(good: Sets, rng: random.Random) -> None:
    hosts = [document.text.split("\n\n")[1][:300] for _, document, _ in good["readings"]]
    print("\n| form | masked as its kind, % of 200 |\n|---|---|")
    for kind, forms in FORMS.items():
        for form in forms:
            texts = (f"{rng.choice(hosts)} {filled(form, rng)}, {rng.choice(hosts)}" for _ in range(200))
            hits = sum(mask_personal(text)[1].get(kind, 0) == 1 for text in texts)
            print(f"| {form} | {hits / 2:.1f} |")
    print("\n| good prose | documents | million characters | masks |\n|---|---|---|---|")
    for name, items in good.items():
        counts: Counter[str] = Counter()
        for _, document, _ in items:
            counts.update(mask_personal(document.text)[1])
        size = sum(len(document.text) for _, document, _ in items) / 1e6
        print(f"| {name} | {len(items)} | {size:.2f} | {dict(counts) or 'none'} |")


def changed(text: str, every: int, words: list[str], rng: random.Random) -> str:
    return " ".join(rng.choice(words) if i % every == every // 2 else word for i, word in enumerate(text.split()))


def print_contamination(data: Path, good: Sets, rng: random.Random) -> None:
    items = [line for group in sib_groups(data, "tgk") for line in group.split("\n")]
    hosts = [document.text for _, document, _ in good["readings"]]
    words = [word for text in hosts[:50] for word in text.split()]
    print("\n| documents | run of 13, % | run of 8, % |\n|---|---|---|")
    indices = [BenchmarkIndex(zip(map(str, range(len(items))), items, strict=True), run_words=n) for n in (13, 8)]
    ways = {"item whole": 0, "every eighth word changed": 8, "every fourth word changed": 4}
    for name, every in ways.items():
        shown = [changed(item, every, words, rng) if every else item for item in items]
        texts = [f"{rng.choice(hosts)[:2000]} {item} {rng.choice(hosts)[:2000]}" for item in shown]
        cells = [sum(any(f.item == str(i) for f in index.find(t)) for i, t in enumerate(texts)) for index in indices]
        print(f"| {name} | " + " | ".join(f"{100 * cell / len(texts):.1f}" for cell in cells) + " |")
    for name in (*OWN, "NTREX tgk", "news", "essays"):
        found = [sum(bool(index.find(d.text)) for _, d, _ in good[name]) for index in indices]
        print(f"| {name}, as they are | " + " | ".join(f"{n} of {len(good[name])}" for n in found) + " |")


def print_site_lines(good: Sets, rng: random.Random) -> None:
    pages = [(document.text, rng.sample(BOILERPLATE, rng.randrange(2, 6))) for _, document, _ in good["readings"][:200]]
    texts = ["\n".join([*extra[:2], text, *extra[2:]]) for text, extra in pages]
    facts = TokenTable().measure(texts)
    lines = counter_of(
        [hashes_of_page("site", of_text)[judged_lines(t, of_text)] for t, of_text in zip(texts, facts, strict=True)], 20
    )
    right = wrong = 0
    for text, of_text, (prose, extra) in zip(texts, facts, pages, strict=True):
        repeated = lines.counts(hashes_of_page("site", of_text)) > SECTION.filters.max_line_documents
        left = without_lines(text, repeated & judged_lines(text, of_text))[0]
        right += sum(line not in left.split("\n") for line in extra)
        wrong += sum(line not in left.split("\n") for line in prose.split("\n") if line.strip())
    total = sum(len(extra) for _, extra in pages)
    print(f"\nLines of a site: {right} of {total} lines of boilerplate taken out, {wrong} lines of the readings.")


def old_rule(page: Page) -> bool:
    return len(page.text) >= MIN_CHARS_TO_IDENTIFY and tajik_score(page.text) < 0.12


def print_language(sets: Sets) -> None:
    print("\n| text | documents | dropped by the old rule, % | by the share of the language, % |\n|---|---|---|---|")
    for name, items in sets.items():
        pages = [Page(document, source) for _, document, source in items if source.lang == "tgk"]
        if pages:
            cells = [sum(map(old_rule, pages)), sum(other_language(page, SECTION) is not None for page in pages)]
            shown = " | ".join(f"{100 * cell / len(pages):.2f}" for cell in cells)
            print(f"| {name} | {len(pages)} | {shown} |")


def print_speed(good: Sets) -> None:
    """Filters and masks on one core, in processor time."""
    items = [item for name in ("readings", "essays", "news") for item in good[name]]
    size = sum(len(document.text.encode()) for _, document, _ in items) / 1e6
    print("\n| step | MB a processor second |\n|---|---|")
    for name in ("filters", "filters, words met before", "masks"):
        start = time.process_time()
        for _, document, source in items:
            if name == "masks":
                mask_personal(document.text)
            else:
                first_objection(Page(document, source), SECTION)
        print(f"| {name} | {size / (time.process_time() - start):.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the data root of docs/sources.md")
    options = parser.parse_args()
    rng = random.Random(5)
    good = good_sets(options.data)
    print(f"Masks: {', '.join(MASKS.values())}")
    print_speed(good)
    print_personal(good, rng)
    print_site_lines(good, rng)
    print_contamination(options.data, good, rng)
    print_language(good | foreign_sets(options.data))


if __name__ == "__main__":
    main()
