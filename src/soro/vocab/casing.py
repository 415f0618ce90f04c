"""Capitals for a word list that has none, so that the pieces of names, acronyms and first words of sentences are counted.

Without them "The" at the start of a text becomes "T", "he", and every further token is read in a context that the model
never saw (LOG.md, "Why English suffered").
"""

from collections import Counter
from collections.abc import Mapping

from tokenizers import Tokenizer

from soro.checkpoint.tokenizer_file import SPACE

MAX_ACRONYM_CHARS = 5
# Shares of a word's uses by its form; a word is a name or an acronym where the tokenizer has fewer pieces for that form.
SHARES = {
    "word": {"lower": 0.80, "capitalized": 0.19, "upper": 0.01},
    "name": {"lower": 0.05, "capitalized": 0.94, "upper": 0.01},
    "acronym": {"lower": 0.04, "capitalized": 0.06, "upper": 0.90},
}
# Share of the uses of a form that follow a space: the first word of a sentence often follows a line end or a quote.
AFTER_SPACE, CAPITALIZED_WORD_AFTER_SPACE = 0.95, 0.60


def with_capitals(tokenizer: Tokenizer, counts: Mapping[str, int]) -> dict[str, int]:
    """`counts` of a list without one capital, shared out over the forms of each word; other counts as they are."""
    if not counts or any(word != word.lower() for word in counts):
        return dict(counts)
    words = {word.removeprefix(SPACE): 0 for word in counts}
    for word, count in counts.items():
        words[word.removeprefix(SPACE)] += count
    forms = [form for word in words for form in (word, word.capitalize(), word.upper())]
    spelled = tokenizer.encode_batch([f" {form}" for form in forms], add_special_tokens=False)
    lengths = [len(encoding.ids) for encoding in spelled]
    shared: Counter[str] = Counter()
    for number, (word, count) in enumerate(words.items()):
        kind = kind_of(word, *lengths[3 * number : 3 * number + 3])
        for form, cased in zip(SHARES[kind], (word, word.capitalize(), word.upper()), strict=True):
            first_word = kind == "word" and form == "capitalized"
            after_space = CAPITALIZED_WORD_AFTER_SPACE if first_word else AFTER_SPACE
            uses = count * SHARES[kind][form]
            shared[SPACE + cased] += round(uses * after_space)
            shared[cased] += round(uses * (1 - after_space))
    return {word: count for word, count in shared.items() if count}


def kind_of(word: str, lower: int, capitalized: int, upper: int) -> str:
    """Which of SHARES holds for a word that has these numbers of pieces in each form."""
    if len(word) <= MAX_ACRONYM_CHARS and upper < min(lower, capitalized):
        return "acronym"
    return "name" if capitalized < lower else "word"
