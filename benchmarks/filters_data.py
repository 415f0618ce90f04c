"""Texts for benchmarks/filters.py: good prose as it is, and bad text, made from the project's own or real.

Each set is a list of (key, document, source); the key decides the half that a document falls into. What is made is made from
the readings with a fixed seed, so that every run measures the same.
"""

import base64
import json
import random
import re
import string
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from identify_sources import uzbek_cyrillic

from soro.core.counts import SPACE, read_counts
from soro.core.documents import Document
from soro.core.recipe import Source
from soro.corpus.readers import read_source
from soro.tajik.repair import repair
from soro.tajik.restore.letters import take_letters
from soro.tajik.sentences import sentences

PROJECT = Path(__file__).resolve().parent.parent
Item = tuple[str, Document, Source]
Sets = dict[str, list[Item]]
SIB = {"tgk": "tgk_Cyrl", "rus": "rus_Cyrl", "uzb": "uzn_Latn", "kaz": "kaz_Cyrl", "kir": "kir_Cyrl", "tat": "tat_Cyrl"}
MARK = re.compile(r"[^\w\s-]")
LETTERS = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"
VILLAGES = [
    "{n} – деҳа дар {r}, ноҳияи {d}. Аҳолиаш {a} нафар (соли {y}), асосан тоҷикон. Масофа то маркази ноҳия {k} км.",
    "{n} – деҳаест дар ноҳияи {d}, ҷамоати деҳоти {r}.\nАҳолӣ {a} нафар аст. Деҳа дар баландии {k} метр аз сатҳи баҳр ҷой"
    " гирифтааст.\nБарои иттилооти бештар нигаред ба феҳристи деҳаҳои ноҳияи {d}.",
    "Дарёи {n} – дарё дар {r}. Дарозиаш {k} км, масоҳати ҳавзааш {a} км². Аз пиряхи {d} сар шуда, ба дарёи {r} мерезад.",
]  # fmt: skip
MENU_ROWS = (
    "Асосӣ|Ахбор|Сиёсат|Иқтисод|Ҷомеа|Фарҳанг|Варзиш|Ҷаҳон|Видео|Аксҳо|Тамос|Дар бораи мо|Реклама|Ҷустуҷӯ|Архив",
    "Муҳити зист|Хориҷӣ|Маориф|Тандурустӣ|Илм ва техника|Китобхона|Муаллифон|Обуна|Ба саҳифаи аввал|Харитаи сомона",
    "Навиштан ба муҳаррир|Ҳамаи ахбор|Дар шабакаҳои иҷтимоӣ|Бахши русӣ|Қоидаҳои истифода|Ворид шудан|Бақайдгирӣ",
    "Ҳафтаи гузашта|Аз ҳама хондашуда",
)
MENU = [entry for row in MENU_ROWS for entry in row.split("|")]


def item(name: str, key: str, text: str, **changes: object) -> Item:
    source = Source(name=name, path=name, licence="", tier="own", **changes)  # type: ignore[arg-type]
    document = Document(
        id=f"{name}/{key}", source=name, lang=source.lang, licence="", tier="own", url="", title="", text=repair(text)
    )
    return key, document, source


def read(name: str, path: str, root: Path, **changes: object) -> list[Item]:
    source = Source(name=name, path=path, licence="", tier="own", **changes)  # type: ignore[arg-type]
    shown = {key: value for key, value in changes.items() if key in ("lang", "format", "group_file")}
    return [item(name, raw.ref, raw.text, **shown) for raw in read_source(source, root) if not raw.error]


def json_lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def sib_groups(data: Path, lang: str) -> list[str]:
    """Ten sentences joined, one a line."""
    rows = [
        row.split("\t") for row in (data / f"sib-200/{SIB[lang]}/train.tsv").read_text(encoding="utf-8").split("\n")
    ]
    texts = [row[-1] for row in rows[1:] if len(row) > 1]
    return ["\n".join(texts[start : start + 10]) for start in range(0, len(texts), 10)]


def joined(name: str, data: Path, path: str, field: str) -> list[Item]:
    rows = groupby(json_lines(data / path), key=lambda row: row[field])
    return [item(name, f"{key}#{i}", "\n\n".join(row["text"] for row in group)) for i, (key, group) in enumerate(rows)]


def answers() -> list[Item]:
    """The replies of the project's dialogues, one a document."""
    found = []
    for path in sorted((PROJECT / "data/dialogues").glob("*.jsonl")):
        for number, row in enumerate(json_lines(path)):
            text = "\n\n".join(m["content"] for m in row["messages"] if m["role"] == "assistant")  # type: ignore[index]
            found.append(item("dialogues", f"{path.stem}#{number}", text))
    return found


def good_sets(data: Path) -> Sets:
    verse = read("verse", "shahnameh-pdf", data, format="paged-verse")
    quran: dict[str, list[str]] = {}
    for row in json_lines(data / "quran-ayati/ayat.jsonl"):
        quran.setdefault(row["id"].partition(":")[0], []).append(row["text"])
    lines = {"format": "lines", "group_file": "ntrex/document_ids.txt"}
    news = "ntrex/newstest2019-ref."
    return {
        "lessons": read("lessons", "lessons", PROJECT / "data"),
        "readings": read("readings", "readings", PROJECT / "data"),
        "dialogue replies": answers(),
        "NTREX tgk": read("ntrex", f"{news}tgk-Cyrl.txt", data, **lines),
        "NTREX rus": read("ntrex-rus", f"{news}rus.txt", data, lang="rus", **lines),
        "NTREX eng": read("ntrex-eng", "ntrex/newstest2019-src.eng.txt", data, lang="eng", **lines),
        "SIB-200 tgk": [item("sib", str(i), text) for i, text in enumerate(sib_groups(data, "tgk"))],
        "news": joined("news", data, "bbc-tajik-paragraphs/paragraphs.jsonl", "url"),
        "essays": read("essays", "tajik-essays/essays.jsonl", data),
        "readings without own letters": [
            item("readings-typed", key, take_letters(d.text))
            for key, d, _ in read("readings", "readings", PROJECT / "data")
        ],
        "scripture": [item("quran", sura, "\n".join(texts)) for sura, texts in quran.items()],
        "verse": verse,
        "verse without marks": [item("verse-bare", key, MARK.sub("", document.text)) for key, document, _ in verse],
        "verse as a web page": [item("verse-page", key, document.text) for key, document, _ in verse],
    }


def wrong(text: str, wrote: str, read_as: str) -> str:
    return text.encode(wrote, "replace").decode(read_as, "replace")


def broken_encodings(text: str) -> dict[str, str]:
    plain = take_letters(text)
    return {
        "UTF-8 as windows-1251": wrong(text, "utf-8", "cp1251"),
        "UTF-8 as windows-1252": wrong(text, "utf-8", "cp1252"),
        "UTF-8 as Latin-1": wrong(text, "utf-8", "latin-1"),
        "windows-1251 as Latin-1": wrong(plain, "cp1251", "latin-1"),
        "KOI8-R as windows-1251": wrong(plain, "koi8-r", "cp1251"),
        "letters lost to ?": wrong(text, "cp1251", "cp1251"),
        "UTF-8 as ASCII": wrong(text, "utf-8", "ascii"),
    }


def random_words(text: str, rng: random.Random) -> str:
    """A text of the same shape, each letter another one by chance."""
    return "".join(rng.choice(LETTERS) if character.isalpha() else character for character in text)


def keyboard_words(text: str, rng: random.Random) -> str:
    """Words of the same lengths, hit on one row of the keyboard."""
    rows = ("йқукенгшҳзх", "фивапролҷж", "ячсмитбюғ", "qwertyuiop", "asdfghjkl", "zxcvbnm")
    return " ".join("".join(rng.choice(row) for _ in word) for word in text.split() for row in [rng.choice(rows)])


def codes(rng: random.Random, kind: str) -> str:
    data = rng.randbytes(600)
    if kind == "base64":
        text = base64.b64encode(data).decode()
        return "\n".join(text[start : start + 76] for start in range(0, len(text), 76))
    if kind == "identifiers":
        names = ("".join(rng.choices(string.ascii_lowercase + string.digits, k=24)) for _ in range(30))
        return "\n".join(f"{name}: {rng.randrange(10**6)}" for name in names)
    return "\n".join(data[start : start + 24].hex() for start in range(0, len(data), 24))


def stubs(rng: random.Random, names: list[str], num: int) -> list[str]:
    def name() -> str:
        return rng.choice(names) + rng.choice(["обод", "кент", "дара", "", " Боло"])

    return [
        VILLAGES[i % len(VILLAGES)].format(
            n=name(),
            d=name(),
            r=name(),
            a=rng.randrange(50, 9000),
            y=rng.randrange(1990, 2024),
            k=rng.randrange(3, 900),
        )
        for i in range(num)
    ]


def word_list(rng: random.Random, words: list[str], num: int) -> str:
    start = rng.randrange(len(words) - num)
    return rng.choice([", ", " ", "; "]).join(sorted(words[start : start + num]))


def table(rng: random.Random, names: list[str]) -> str:
    """Rows of a name and five numbers, as a page of statistics loses its grid."""
    return "\n".join(
        f"{rng.choice(names)} " + " ".join(f"{rng.random() * 10 ** rng.randrange(1, 5):.1f}" for _ in range(5))
        for _ in range(25)
    )


def contents(rng: random.Random, titles: list[str]) -> str:
    return "\n".join(
        f"{title} {'.' * rng.randrange(20, 60)} {rng.randrange(3, 400)}" for title in rng.sample(titles, 20)
    )


def made_sets(data: Path) -> Sets:
    """Bad text made from the readings: each kind from documents of its own."""
    rng = random.Random(3)
    texts = [(key, document.text) for key, document, _ in read("readings", "readings", PROJECT / "data")]
    titles = [text.split("\n")[0].lstrip("# ") for _, text in texts]
    counts = read_counts(PROJECT / "data/counts/tgk.tsv.gz")
    words = [word.removeprefix(SPACE) for word in counts if word.startswith(SPACE) and len(word) > 4][1_000:20_000]
    names = [word.capitalize() for word in rng.sample(words, 2_000)]
    parts = {key: [s for s in sentences(text) if len(s) > 60] for key, text in texts}
    kinds: dict[str, list[tuple[str, str]]] = {
        f"mojibake: {name}": [(key, broken_encodings(text)[name]) for key, text in texts[::3]]
        for name in broken_encodings("a")
    }
    kinds |= {
        "random letters": [(key, random_words(text[:1500], rng)) for key, text in texts],
        "keyboard rows": [(key, keyboard_words(text[:1500], rng)) for key, text in texts],
        **{
            f"codes: {kind}": [(key, codes(rng, kind)) for key, _ in texts]
            for kind in ("base64", "hex", "identifiers")
        },
        "half codes, half prose": [(key, f"{text[:800]}\n{codes(rng, 'base64')}") for key, text in texts],
        "menu": [(key, "\n".join(rng.sample(MENU, 25))) for key, _ in texts],
        "menu and headlines": [
            (key, "\n".join(rng.sample(MENU, 15) + [" ".join(t.split()[:6]).rstrip(",:–- ") for t in rng.sample(titles, 15)]))
            for key, _ in texts
        ],
        "menu, then a sentence": [(key, "\n".join([*rng.sample(MENU, 25), parts[key][0]])) for key, _ in texts],
        "one line many times": [(key, "\n".join([*parts[key][:6], *[parts[key][7]] * 6])) for key, _ in texts],
        "paragraphs twice": [(key, "\n\n".join(text[:1500].split("\n\n") * 2)) for key, text in texts],
        "one phrase again and again": [
            (key, " ".join(f"{s} {' '.join(titles[i % len(titles)].split()[:4])}" for s in parts[key][:3] for _ in range(4)))
            for i, (key, _) in enumerate(texts)
        ],
        "key words": [
            (key, " ".join(f"{rng.choice(words)} {' '.join(titles[i].split()[:3])}" for _ in range(40)))
            for i, (key, _) in enumerate(texts)
        ],
        "word list": [(key, word_list(rng, words, 120)) for key, _ in texts],
        "list of names": [(key, ", ".join(f"{rng.choice(names)} {rng.choice(names)}ов" for _ in range(60))) for key, _ in texts],
        "table of numbers": [(key, table(rng, names)) for key, _ in texts],
        "table of contents": [(key, contents(rng, titles)) for key, _ in texts],
        "stubs": list(zip(map(str, range(3_000)), stubs(rng, names, 3_000), strict=True)),
    }  # fmt: skip
    return {name: [item("made", key, text) for key, text in rows] for name, rows in kinds.items()}


def foreign_sets(data: Path) -> Sets:
    sets = {
        f"language: {lang}": [item("foreign", str(i), text) for i, text in enumerate(sib_groups(data, lang))]
        for lang in SIB
        if lang != "tgk"
    }
    latin = sib_groups(data, "uzb")
    sets["language: uzb in Cyrillic"] = [item("foreign", str(i), uzbek_cyrillic(text)) for i, text in enumerate(latin)]
    pairs = zip(sib_groups(data, "tgk"), sib_groups(data, "rus"), strict=True)
    sets["language: 3 lines of 10 Tajik"] = [
        item("foreign", str(i), "\n".join(tajik.split("\n")[:3] + russian.split("\n")[3:]))
        for i, (tajik, russian) in enumerate(pairs)
    ]
    return sets


def dirty_sets(data: Path) -> Sets:
    """Real dirt by artefact: most of it is to be repaired and kept, so that the share dropped says what is lost."""
    sets: Sets = {}
    for number, row in enumerate(json_lines(data / "dirty-real/documents.jsonl")):
        for artefact in row["artefacts"]:
            sets.setdefault(f"dirty: {artefact}", []).append(item("dirty", f"{row['ref']}#{number}", row["text"]))
    return dict(sorted(sets.items()))
