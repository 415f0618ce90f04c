import math

import pytest

from soro.tajik.restore.choose import Place, choose
from soro.tajik.restore.counts import Counts, count_texts
from soro.tajik.restore.ending_examples import count_endings
from soro.tajik.restore.endings import ending_odds
from soro.tajik.restore.learn import Example, learn_weights
from soro.tajik.restore.letters import take_letters
from soro.tajik.restore.model import Model
from soro.tajik.restore.spelling_examples import competing
from soro.tajik.restore.text import restore
from soro.tajik.restore.train import merge_endings, train
from soro.tajik.restore.unseen import spell

SENTENCES = [
    "Ҳар рӯз ба мактаб меравам.",
    "Забони тоҷикӣ дар мактаб аст.",
    "Тоҷики хуб дар шаҳр аст.",
    "Ҳоли ман хуб аст, холи ту кам аст.",
    "Китоби тоҷикӣ дар хона аст.",
]
TEXTS = [sentence for sentence in SENTENCES for _ in range(8)]  # so that each lies in every fold


@pytest.fixture(scope="module")
def counts() -> Counts:
    return count_texts((text, 1.0) for text in TEXTS)


@pytest.fixture(scope="module")
def model(counts: Counts) -> Model:
    pytest.importorskip("scipy")
    return train(counts, {"баҳор": 0.5})


def test_counts_hold_words_and_pairs(counts: Counts) -> None:
    words = counts.all_words()
    assert words["ҳар"] == 8
    assert sum(n for (_, left, word, _), n in counts.left.items() if (left, word) == ("¶", "ҳар")) == 8
    assert sum(n for (_, word, right, _), n in counts.right.items() if (word, right) == ("забони", "точики")) == 8


def test_endings_are_counted_elsewhere(counts: Counts) -> None:
    endings = count_endings(counts)
    assert endings.total["точики"] == (8.0, 16.0)
    assert sum(endings.elsewhere("точики", 1)) < 24
    assert ending_odds((0.0, 8.0)) > 2 > -2 > ending_odds((8.0, 0.0))


def test_spellings_that_compete() -> None:
    assert competing({"хол": 3, "ҳол": 5, "ҳар": 9, "хор": 1, "ҳор": 9}) == {"хол": {"ҳол": 5, "хол": 3}}
    assert merge_endings({"кори": 2.0, "корӣ": 1.0, "қорӣ": 4.0}).endings == {"кори": (2.0, 1.0), "қори": (0.0, 4.0)}


def test_weights_give_the_odds_of_the_examples() -> None:
    pytest.importorskip("scipy")
    examples = [Example(["a"], 0.8, 100.0, 0.0), Example(["b"], 0.5, 100.0, 1.0), Example(["seldom"], 1.0, 1.0, 0.0)]
    weights = learn_weights(examples * 2, penalty=1e-3, min_uses=2, max_steps=100)
    assert weights["a"] == pytest.approx(math.log(4), abs=0.01)
    assert weights["b"] == pytest.approx(-1.0, abs=0.01)
    assert "seldom" not in learn_weights(examples, penalty=1e-3, min_uses=2, max_steps=100)


def test_a_small_model_puts_its_own_words_right(model: Model) -> None:
    assert model.words["хар"] == "ҳар"
    assert spell("хар", model.letters) == "ҳар"
    for text in SENTENCES:
        assert restore(take_letters(text), model) == text


def test_neighbours_choose_spelling_and_ending(model: Model) -> None:
    def form(base: str, left: str, right: str) -> str:
        return choose(Place(base, base, left, right, False, False), model, None)[0]

    assert form("холи", "¶", "ман") == "ҳоли"
    assert form("холи", ",", "ту") == "холи"
    assert form("точики", "забони", "дар") == "тоҷикӣ"
