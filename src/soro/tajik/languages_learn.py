"""Making the tables of `languages.py` from how often words occur in each language (counts, no running text).

Naive Bayes with a fixed number of words a language: each distribution is scaled to NUM_WORDS words, SMOOTHING is added to
every row, and a row's evidence is the logarithm of its share less the mean over the languages.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from soro.tajik.alphabet import LEGACY_FONT, OWN_LETTERS
from soro.tajik.language_tables import Floats, ScriptTable
from soro.tajik.language_words import plain_forms, words_to_judge
from soro.tajik.languages import Identifier
from soro.tajik.ngrams import NUM_KINDS, ngram_rows

NUM_WORDS, SMOOTHING = 100_000, 0.3
WHOLE_WORD_WEIGHT = 6.0  # a whole word counts as much as six n-grams
STEP = 0.5  # nats
WORDS_A_BLOCK = 20_000

PLAIN_LETTERS = str.maketrans(OWN_LETTERS + OWN_LETTERS.upper() + "ўЎ", "гикухч" + "ГИКУХЧ" + "уУ")
LEGACY_LETTERS = str.maketrans({right: wrong for wrong, right in LEGACY_FONT.items()})
# How Tajik and Uzbek are typed: their letters, Russian ones instead, an old font's, Uzbek ў for ӯ. The shares are guesses.
TAJIK_TYPED = {"": 0.52, "plain": 0.43, "legacy": 0.04, "short u": 0.01}
UZBEK_TYPED = {"": 0.9, "plain": 0.1}
# How much likelier these are met where Soro works than any other language of their script; guesses too.
PRIOR = {"tg": 3.0, "ru": 3.0, "en": 2.0}

Doubles = npt.NDArray[np.float64]


def shares(lists: Sequence[Mapping[str, int]]) -> Counter[str]:
    """One distribution out of several lists of counts, each list counting as much as the others; sums to 1."""
    mixed: Counter[str] = Counter()
    for counts in lists:
        total = sum(counts.values()) * len(lists)
        for word, count in counts.items():
            mixed[word] += count / total  # type: ignore[assignment]
    return mixed


def without_own_letters(text: str) -> str:
    """Tajik or Uzbek as typed on a Russian keyboard."""
    return text.translate(PLAIN_LETTERS)


def as_typed(words: Mapping[str, float], ways: Mapping[str, float]) -> Counter[str]:
    """A distribution of words as people type them, in `ways` with their shares."""
    respell: dict[str, Callable[[str], str]] = {
        "": str,
        "plain": without_own_letters,
        "legacy": lambda word: word.translate(LEGACY_LETTERS),
        "short u": lambda word: word.replace("ӯ", "ў"),
    }
    typed: Counter[str] = Counter()
    for word, share in words.items():
        for way, part in ways.items():
            typed[respell[way](word)] += share * part  # type: ignore[assignment]
    return typed


def learn_table(script: str, words: Mapping[str, Mapping[str, float]], num_rows: int) -> ScriptTable:
    """The table of one script from each language's distribution of words (lower-case)."""
    langs = tuple(sorted(words))
    vocabulary = sorted(set().union(*words.values()))
    counts = np.full((num_rows, len(langs)), SMOOTHING)
    for start in range(0, len(vocabulary), WORDS_A_BLOCK):
        block = vocabulary[start : start + WORDS_A_BLOCK]
        weights = np.array([[words[lang].get(word, 0.0) for lang in langs] for word in block]) * NUM_WORDS
        add_block(counts, block, weights)
    return ScriptTable(script, langs, to_steps(counts), STEP, tuple(PRIOR.get(lang, 1.0) for lang in langs))


def add_block(counts: Doubles, words: Sequence[str], weights: Doubles) -> None:
    """Add the n-grams of words to counts, each word as often as its weight for a language (words x languages)."""
    rows, starts = ngram_rows(words, len(counts))
    word_of = np.repeat(np.arange(len(words)), np.diff(np.append(starts, len(rows))))
    flat, owner = rows.ravel(), np.repeat(word_of, NUM_KINDS)
    for lang in range(counts.shape[1]):
        counts[:, lang] += np.bincount(flat, weights=weights[owner, lang], minlength=len(counts))


def to_steps(counts: Doubles) -> npt.NDArray[np.int16]:
    """Counts (rows x languages) as evidence in whole steps; row 0 says nothing."""
    half = len(counts) // 2
    steps = np.zeros(counts.shape, dtype=np.int16)
    for part, weight in ((slice(1, half), 1.0), (slice(half, None), WHOLE_WORD_WEIGHT)):
        logs = np.log(counts[part] / counts[part].sum(axis=0))
        logs -= logs.mean(axis=1, keepdims=True)
        steps[part] = np.clip(np.rint(logs * weight / STEP), -127, 127)
    return steps


def calibrate(table: ScriptTable, samples: Mapping[str, Sequence[str]]) -> ScriptTable:
    """The table with the temperature and power that make the scores of `samples` (lines by language) likeliest."""
    lines = [
        (table.langs.index(lang), line) for lang, texts in samples.items() for line in texts if words_to_judge(line)
    ]
    sums, lengths = line_sums(table, [line for _, line in lines])
    truth = np.array([lang for lang, _ in lines])
    neutral = replace(table, prior=(1.0,) * len(table.langs))  # the samples are as many in each language
    trials = [replace(neutral, temperature=round(0.8**t, 4), power=p / 10) for t in range(26) for p in range(10)]
    best = min(trials, key=lambda trial: surprise(trial.logits(sums, lengths), truth))
    return replace(table, temperature=best.temperature, power=best.power)


def line_sums(table: ScriptTable, lines: Sequence[str]) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Summed evidence (lines x languages) and the number of words of each line that has words of the table's script."""
    sums, _ = Identifier([table]).add_up([words_to_judge(line) for line in lines])
    return sums.evidence[:, : len(table.langs)], np.maximum(1, sums.num_words)


def surprise(logits: Floats, truth: npt.NDArray[np.int64]) -> float:
    """Mean negative logarithm of the probability of the right language, in nats."""
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    right = chances[np.arange(len(truth)), truth] / chances.sum(axis=1)
    return float(-np.log(np.maximum(right, 1e-9)).mean())


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Lower-case words of texts with their counts, split as the identifier splits lines."""
    return Counter(plain_forms([word for text in texts for word in words_to_judge(text)]))
