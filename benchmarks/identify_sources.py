"""The text behind `soro text identify`: what it learns from, what it is tuned on, and what only measures it.

NTREX is split by news article and SIB-200 by its own train and dev files, the same way in every language, because the
sentences of all languages are translations of each other. Parts: "learn", "tune" (looked at while building) and "final"
(looked at once). Sentences of tier A alone; word lists of tier A and of wordfreq (CC BY-SA 4.0) beside them.
"""

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from soro.core.errors import missing_extra

PROJECT = Path(__file__).resolve().parent.parent
PARTS = ("learn", "tune", "final")

# language of the answer, script: folder of SIB-200, ending of the NTREX file
PARALLEL = {
    ("tg", "Cyrl"): ("tgk_Cyrl", "tgk-Cyrl"), ("ru", "Cyrl"): ("rus_Cyrl", "rus"), ("kk", "Cyrl"): ("kaz_Cyrl", "kaz"),
    ("ky", "Cyrl"): ("kir_Cyrl", "kir"), ("tt", "Cyrl"): ("tat_Cyrl", "tat"), ("ba", "Cyrl"): ("bak_Cyrl", "bak"),
    ("uk", "Cyrl"): ("ukr_Cyrl", "ukr"), ("be", "Cyrl"): ("bel_Cyrl", "bel"), ("bg", "Cyrl"): ("bul_Cyrl", "bul"),
    ("sr", "Cyrl"): ("srp_Cyrl", "srp-Cyrl"), ("mk", "Cyrl"): ("mkd_Cyrl", "mkd"), ("mn", "Cyrl"): ("khk_Cyrl", "mon"),
    ("uz", "Latn"): ("uzn_Latn", "uzb"), ("en", "Latn"): ("eng_Latn", "eng"), ("az", "Latn"): ("azj_Latn", ""),
    ("tk", "Latn"): ("tuk_Latn", "tuk"), ("fa", "Arab"): ("pes_Arab", "fas"), ("fa-AF", "Arab"): ("prs_Arab", "prs"),
    ("ps", "Arab"): ("pbt_Arab", "pus"), ("ug", "Arab"): ("uig_Arab", "uig"),
}  # fmt: skip
WORDFREQ = {
    "Cyrl": ("ru", "uk", "bg", "mk"),
    "Latn": ("en", "tr", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ro", "id", "sv", "fi", "hu", "sh"),
    "Arab": ("fa", "ar", "ur"),
}


def sib_sentences(data: Path, folder: str, part: str) -> list[str]:
    """SIB-200: seven eighths of train to learn, one eighth to tune, dev is final."""
    path = data / "sib-200" / folder / ("dev.tsv" if part == "final" else "train.tsv")
    with path.open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return texts if part == "final" else [t for i, t in enumerate(texts) if (i % 8 == 0) == (part == "tune")]


def ntrex_sentences(data: Path, ending: str, part: str) -> list[str]:
    """NTREX: of every five articles three to learn, one to tune, one final."""
    articles = (data / "ntrex/document_ids.txt").read_text().split("\n")
    order = {name: i for i, name in enumerate(dict.fromkeys(articles))}
    kind = "src" if ending == "eng" else "ref"
    lines = (data / "ntrex" / f"newstest2019-{kind}.{ending}.txt").read_text(encoding="utf-8").split("\n")
    rest = {0: "final", 1: "tune"}
    pairs = zip(articles, lines, strict=False)
    return [line.strip() for name, line in pairs if line.strip() and rest.get(order[name] % 5, "learn") == part]


def parallel_sentences(data: Path, language: tuple[str, str], part: str) -> list[str]:
    folder, ending = PARALLEL[language]
    return sib_sentences(data, folder, part) + (ntrex_sentences(data, ending, part) if ending else [])


UZBEK_LATIN = "a b v g d e j z i y k l m n o p r s t u f x ts ch sh ʼ _ e oʻ q gʻ h yo yu ya sh i"
CYRL_TO_LATN = dict(zip("абвгдежзийклмнопрстуфхцчшъьэўқғҳёюящы", UZBEK_LATIN.split(), strict=True))
LATN_TO_CYRL = {latin: cyrillic for cyrillic, latin in CYRL_TO_LATN.items() if cyrillic not in "эьщы"} | {"ye": "е"}
LATN_UNITS = re.compile("|".join(sorted(LATN_TO_CYRL, key=len, reverse=True)))
SERBIAN = dict(zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True)) | {
    "lj": "љ",
    "nj": "њ",
    "dž": "џ",
}
SERBIAN_UNITS = re.compile("|".join(sorted(SERBIAN, key=len, reverse=True)))


def uzbek_latin(text: str) -> str:
    """Uzbek in Cyrillic, lower-case, in the Latin letters of 1995."""
    spelled = re.sub(r"\bе", "ye", text.lower())
    return "".join(CYRL_TO_LATN.get(c, c) for c in spelled).replace("_", "")


def uzbek_cyrillic(text: str) -> str:
    """Uzbek in Latin letters, lower-case, in Cyrillic ones."""
    spelled = re.sub("[’‘`ʼʻ']", "ʻ", text.lower())
    spelled = re.sub(r"(?<![og])ʻ", "ʼ", spelled)
    spelled = re.sub(r"\be", "э", spelled)
    return LATN_UNITS.sub(lambda unit: LATN_TO_CYRL[unit.group()], spelled)


def serbian_cyrillic(word: str) -> str:
    return SERBIAN_UNITS.sub(lambda unit: SERBIAN[unit.group()], word.lower())


def wordfreq_counts(lang: str, letters: re.Pattern[str], num_words: int = 60_000) -> Counter[str]:
    """The most frequent words of a language in `wordfreq` (Speer 2022) that are written in `letters`, a hundred million in all.

    Raises SoroError when the package is missing.
    """
    try:
        import wordfreq
    except ImportError as error:
        raise missing_extra("wordfreq", "train") from error
    frequencies = wordfreq.get_frequency_dict(lang)
    words = [word for word in list(frequencies)[:num_words] if letters.fullmatch(word)]
    return Counter({word: max(1, round(frequencies[word] * 1e8)) for word in words})


def ranked_counts(words: Iterable[str]) -> Counter[str]:
    """A list in order of frequency as counts after Zipf's law."""
    return Counter({word: max(1, round(1e7 / (rank + 10))) for rank, word in enumerate(dict.fromkeys(words))})


LETTERS_OF = {script: re.compile(pattern) for script, pattern in {
    "Cyrl": "[\u0400-\u052f]+", "Latn": "[a-z\u00df-\u024f]+", "Arab": "[\u0620-\u06d3]+"}.items()}  # fmt: skip


def own_paragraphs() -> Iterator[str]:
    """Lines of prose of the project's lessons, readings and dialogues."""
    for path in sorted((PROJECT / "data").glob("*/*/*.md")):
        body = path.read_text(encoding="utf-8").split("+++")[-1]
        yield from (line.strip() for line in body.splitlines() if len(line) > 20)
    for path in sorted((PROJECT / "data/dialogues").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from (m["content"].replace("\n", " ") for m in json.loads(line)["messages"])


def word_lines(path: Path) -> list[str]:
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    return [w for line in text.splitlines() for w in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", line.lower())]


def extra_words(data: Path) -> dict[tuple[str, str], list[Counter[str]]]:
    """Word lists, several for a language: each is sampled as often as the others."""
    tesseract = data / "tesseract-langdata"
    tajik = ranked_counts(word_lines(tesseract / "tgk.wordlist.gz"))
    uzbek = ranked_counts(word_lines(tesseract / "uzb_cyrl.wordlist.gz"))
    lexicon = json.loads(gzip.decompress((data / "tajik-lexicon/tajik_lexicon.json.gz").read_bytes()))
    lists = {
        ("tg", "Cyrl"): [tajik, Counter({w.lower(): 1 for w in lexicon if w.isalpha()})],
        ("uz", "Cyrl"): [uzbek],
        ("uz", "Latn"): [Counter({uzbek_latin(w): c for w, c in uzbek.items() if "ы" not in w and "щ" not in w})],
        ("ky", "Cyrl"): [Counter(word_lines(tesseract / "kir.training_text"))],
    }
    for script, languages in WORDFREQ.items():
        for lang in languages:
            lists.setdefault((lang, script), []).append(wordfreq_counts(lang, LETTERS_OF[script]))
    serbian = wordfreq_counts("sh", LETTERS_OF["Latn"])
    lists["sr", "Cyrl"] = [Counter({serbian_cyrillic(w): c for w, c in serbian.items()})]
    return lists


def sentences_by_language(data: Path, part: str) -> dict[tuple[str, str], list[str]]:
    """Sentences of a part by language and script; Dari is counted as Persian, Cyrillic Uzbek respelled from Latin."""
    sentences = {language: parallel_sentences(data, language, part) for language in PARALLEL}
    sentences["fa", "Arab"] += sentences.pop(("fa-AF", "Arab"))
    sentences["uz", "Cyrl"] = [uzbek_cyrillic(text) for text in sentences["uz", "Latn"]]
    if part == "learn":
        sentences["tg", "Cyrl"] += own_paragraphs()
    return sentences
