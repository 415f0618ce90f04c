"""Counts of words and pairs into the model: spellings of words, weights of letters, endings and competing spellings."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from soro.core.progress import say
from soro.tajik.restore.counts import TAJIK_WORD, Counts
from soro.tajik.restore.ending_examples import FIXED_SHARE, FIXED_USES, RARE_USES, ending_examples, rare_examples
from soro.tajik.restore.endings import ending_odds, has_open_ending
from soro.tajik.restore.features import letter_keys, rare_keys
from soro.tajik.restore.learn import Example, learn_weights
from soro.tajik.restore.letters import OWN, take_letters
from soro.tajik.restore.model import Model, Spelling, Words
from soro.tajik.restore.spelling_examples import spelling_examples
from soro.tajik.restore.unseen import doubtful, letter_odds, spell

SHARE_OF_PRIOR, SHARE_OF_CONTEXT = 0.8, 0.8  # of the log odds of word and neighbours, which overlap; found on `dev`
GUESS_USES = 0.5  # uses that the guess by letters is worth beside the counts
MIN_SHARE = 0.01  # a spelling under this share of a word's uses is a slip
SURE_USES, SURE_SHARE = 5, 0.99


@dataclass(frozen=True, kw_only=True)
class Spelled:
    """The spellings of one word: uses by form, those of forms that end in ӣ counted under и; `endings`: (и, ӣ) by form."""

    uses: Mapping[str, float]
    endings: Mapping[str, tuple[float, float]]


def train(counts: Counts, lexicon: Mapping[str, float]) -> Model:
    """The model of `counts`; `lexicon`: words that are known to exist, with the uses each is worth."""
    words = counts.all_words()
    letters = learn_weights(letter_examples(words), penalty=1.0, min_uses=2, max_steps=60)
    say(f"restore: {len(letters)} weights of letters")
    rare, right, left = train_endings(counts)
    spellings = learn_weights(spelling_examples(counts), penalty=1.0, min_uses=2, max_steps=40)
    say(f"restore: {len(spellings)} weights of spellings")
    contexts = scaled({**rare}, SHARE_OF_PRIOR) | scaled({**right, **left, **spellings}, SHARE_OF_CONTEXT)
    table = word_table(words, lexicon, letters, contexts)
    say(f"restore: {len(table)} words")
    return Model(words=table, letters=drop_small(letters), contexts=drop_small(contexts))


def train_endings(counts: Counts) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Weights of the word alone, then of its right and its left neighbour beside that."""
    alone = learn_weights(rare_examples(counts), penalty=0.5, min_uses=2, max_steps=40)
    found = []
    for examples in ending_examples(counts, alone):
        found.append(learn_weights(examples, penalty=1.0, min_uses=2, max_steps=50))
        say(f"restore: {len(found[-1])} weights of endings")
    return alone, found[0], found[1]


def scaled(weights: Mapping[str, float], factor: float) -> dict[str, float]:
    return {key: value * factor for key, value in weights.items()}


def drop_small(weights: Mapping[str, float], least: float = 0.06) -> dict[str, float]:
    return {key: value for key, value in weights.items() if abs(value) >= least}


def letter_examples(words: Mapping[str, float]) -> list[Example]:
    """For each doubtful letter of each word: the share of its uses that have the Tajik letter."""
    examples = []
    for base, forms in by_base(words).items():
        total = sum(forms.values())
        weight = min(math.log2(1 + total), 4.0)
        for i in doubtful(base):
            share = sum(uses for form, uses in forms.items() if form[i] != base[i]) / total
            examples.append(Example(letter_keys(base, i), share, weight, 0.0))
    return examples


def by_base(words: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Uses of each form by the word without its letters."""
    bases: dict[str, dict[str, float]] = defaultdict(dict)
    for form, uses in words.items():
        bases[take_letters(form)][form] = uses
    return bases


def word_table(
    words: Mapping[str, float],
    lexicon: Mapping[str, float],
    letters: Mapping[str, float],
    contexts: Mapping[str, float],
) -> Words:
    """Every word with a doubtful letter and how to write it, where its letters alone would not say the same."""
    uses = Counter(words)
    for form, worth in lexicon.items():
        if TAJIK_WORD.fullmatch(form):
            uses[form] += worth  # type: ignore[assignment]
    seen = set(map(take_letters, words))
    table: Words = {}
    for base, forms in by_base(uses).items():
        if not any(letter in OWN for letter in base):
            continue
        entry = word_entry(base, forms, letters, contexts)
        if base in seen or (isinstance(entry, tuple) and entry[0].form != spell(base, letters)):
            table[base] = entry
    return table


def word_entry(
    base: str, forms: Mapping[str, float], letters: Mapping[str, float], contexts: Mapping[str, float]
) -> str | tuple[Spelling, ...]:
    """How to write `base`, whose forms have these uses."""
    open_ending = has_open_ending(base)
    spelled = merge_endings(forms) if open_ending else Spelled(uses=forms, endings={})
    guessed = guess_probabilities(base, letters)
    worth = {
        form: spelled.uses.get(form, 0.0) + GUESS_USES * guessed.get(form, 0.0) for form in {*spelled.uses, *guessed}
    }
    total = sum(worth.values())
    kept = sorted((form for form in worth if worth[form] >= MIN_SHARE * total), key=lambda form: (-worth[form], form))
    odds = [SHARE_OF_PRIOR * math.log(worth[form] / worth[kept[0]]) for form in kept]
    extra = sum(contexts.get(key, 0.0) for key in rare_keys(base))
    endings = [ending_of(spelled.endings.get(form, (0.0, 0.0)), extra) if open_ending else None for form in kept]
    is_sure = sum(forms.values()) >= SURE_USES and worth[kept[0]] >= SURE_SHARE * total
    if is_sure and (not open_ending or isinstance(endings[0], str)):
        return kept[0][:-1] + str(endings[0]) if open_ending else kept[0]
    return tuple(
        Spelling(form[:-1] + end, odd, None) if isinstance(end, str) else Spelling(form, odd, end)
        for form, odd, end in zip(kept, odds, endings, strict=True)
    )


def ending_of(uses: tuple[float, float], extra: float) -> str | float:
    """The letter where one is nearly always right, else log odds that it is ӣ."""
    total = sum(uses)
    if total >= FIXED_USES and not FIXED_SHARE < uses[1] / total < 1 - FIXED_SHARE:
        return "ӣ" if uses[1] > uses[0] else "и"
    return SHARE_OF_PRIOR * ending_odds(uses) + (extra if total < RARE_USES else 0.0)


def merge_endings(forms: Mapping[str, float]) -> Spelled:
    uses: Counter[str] = Counter()
    endings: dict[str, tuple[float, float]] = {}
    for form, number in forms.items():
        stem = form[:-1] + "и"
        uses[stem] += number  # type: ignore[assignment]
        i, own = endings.get(stem, (0.0, 0.0))
        endings[stem] = (i, own + number) if form.endswith("ӣ") else (i + number, own)
    return Spelled(uses=uses, endings=endings)


def guess_probabilities(base: str, letters: Mapping[str, float], max_forms: int = 8) -> dict[str, float]:
    """Probability of the likelier spellings, each letter by itself."""
    forms = {"": 1.0}
    for i, letter in enumerate(base):
        if letter in OWN and letter != "и":
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, letter_odds(base, i, letters)))))
            forms = {f + c: p * q for f, p in forms.items() for c, q in ((letter, 1 - chance), (OWN[letter], chance))}
            forms = dict(sorted(forms.items(), key=lambda item: -item[1])[:max_forms])
        else:
            forms = {form + letter: chance for form, chance in forms.items()}
    return forms
