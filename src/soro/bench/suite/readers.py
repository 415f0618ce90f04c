"""Readers who cannot know the answer: they must be at chance, or the choices tell it.

`choices_only` is a logistic regression over what each choice has beside the three others: character n-grams, length, and
how alike it is to them; it learns from nine tenths of the items and answers the tenth. Items with the same choices, or of the
same passage, are never on both sides.
N items times four choices, F features.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from soro.bench.suite.items import NUM_CHOICES, Item
from soro.core.errors import missing_extra

NUM_FOLDS, NUM_FEATURES = 10, 1 << 14
Reader = Callable[[Sequence[Item]], float]


def choices_only(items: Sequence[Item]) -> float:
    """How many items (ties shared) a reader of the choices alone answers right."""
    try:
        from scipy.sparse import csr_matrix, hstack
        from sklearn.feature_extraction.text import HashingVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import GroupKFold
    except ModuleNotFoundError as error:
        raise missing_extra(error.name or "sklearn", "bench") from error
    choices = [choice for item in items for choice in item.row["choices"]]
    vectorizer = HashingVectorizer(analyzer="char_wb", ngram_range=(1, 4), n_features=NUM_FEATURES, lowercase=False)
    grams_NF = beside_others(vectorizer.transform(choices))
    shape_NF = np.concatenate([shape_features(item.row["choices"]) for item in items])
    x_NF = hstack([grams_NF, csr_matrix(shape_NF)]).tocsr()
    y_N = np.concatenate([np.arange(NUM_CHOICES) == item.row["answer"] for item in items])
    groups_N = np.repeat(group_numbers(items), NUM_CHOICES)
    scores_N = np.zeros(len(choices))
    for train, test in GroupKFold(min(NUM_FOLDS, len(set(groups_N)))).split(x_NF, y_N, groups_N):
        model = LogisticRegression(solver="liblinear", random_state=0).fit(x_NF[train], y_N[train])
        scores_N[test] = model.decision_function(x_NF[test])
    return hits_of(scores_N.reshape(-1, NUM_CHOICES), items)


def beside_others(rows_NF: Any) -> Any:
    """Each choice's row less the mean of its item's four."""
    from scipy.sparse import identity, kron

    own = np.eye(NUM_CHOICES) - 1 / NUM_CHOICES
    return kron(identity(rows_NF.shape[0] // NUM_CHOICES), own, format="csr") @ rows_NF


def shape_features(choices: Sequence[str]) -> np.ndarray:
    """Length in characters and words beside the others, whether longest or shortest, and likeness to the others, shape 4F."""
    chars, words = (np.array([size(choice) for choice in choices], float) for size in (len, lambda c: len(c.split())))
    grams = [{choice[i : i + 3] for i in range(max(1, len(choice) - 2))} for choice in choices]
    alike = np.array([sum(len(a & b) / len(a | b) for b in grams if b is not a) for a in grams])
    columns = [
        np.log(chars),
        np.log(words),
        chars == chars.max(),
        chars == chars.min(),
        alike,
        alike == alike.max(),
        alike == alike.min(),
    ]
    features = np.stack([np.asarray(column, float) for column in columns], axis=1)
    return features - features.mean(0)


def group_numbers(items: Sequence[Item]) -> np.ndarray:
    """A number for each item, the same where passage or set of choices is the same."""
    names = [item.row.get("passage_id") or "\n".join(sorted(item.row["choices"])) for item in items]
    return np.unique(names, return_inverse=True)[1]


def question_echo(items: Sequence[Item]) -> float:
    """How many items are answered right by the choice that shares most character trigrams with the question."""

    def echo(item: Item, choice: str) -> float:
        question, grams = (
            item.row["question"].lower(),
            {choice.lower()[i : i + 3] for i in range(max(1, len(choice) - 2))},
        )
        return sum(gram in question for gram in grams) / len(grams)

    return hits_of(np.array([[echo(item, choice) for choice in item.row["choices"]] for item in items]), items)


def hits_of(scores_NC: np.ndarray, items: Sequence[Item]) -> float:
    """Right answers of a reader who takes the best score; among equals each counts its share."""
    best_NC = scores_NC == scores_NC.max(1, keepdims=True)
    answers = [item.row["answer"] for item in items]
    return float((best_NC[np.arange(len(items)), answers] / best_NC.sum(1)).sum())


READERS: dict[str, Reader] = {"a reader of the choices alone": choices_only, "the echo of the question": question_echo}
