import pytest
from hypothesis import given
from hypothesis import strategies as st

from soro.core.hashes import group_hashes, string_hashes
from soro.core.seen import lengths_of
from soro.corpus import shares, token_table
from soro.corpus.token_table import TokenTable
from soro.tajik.mojibake import LOOKS_BAD
from soro.tajik.sound import is_unpronounceable
from soro.tajik.stop_words import STOP_WORDS
from soro.tajik.words import words_of

TABLE = TokenTable()
TEXTS = [
    "Дар соли 2026, ки…\n\n  «Китоб-хона» ва дӯстон!\u00a0Http://sayt.tj/aXb9zzzz=q1w2e3r4t5y6u7i8 ---- #_#",
    "",
    "Ҳамон\tрӯз\x1cбод. aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ0MTIz ..... Дар дар ДАР вқтрзгъ Ð\u0094Ð°Ñ\u0080",
]
ANY = st.text(st.sampled_from("абвДҲ ҷ\n.-'’1٣_@/:wA=ЪÐ\u00a0\u0307İß"), max_size=80)


def check(text: str) -> None:
    [facts] = TABLE.measure([text])
    words = words_of(text)
    without_addresses = shares.ADDRESS.sub("", text)
    assert facts.counts == {
        "visible": len("".join(text.split())),
        "words": len(words),
        "symbols": len(shares.SYMBOL.findall(text)),
        "digits": len(shares.DIGIT.findall(text)),
        "code_chars": sum(len(r) for r in shares.LONG_RUN.findall(without_addresses) if shares.is_code(r)),
        "bad": facts.counts["bad"],
        "unpronounceable": sum(map(is_unpronounceable, words)),
        "stop_words": sum(word.lower() in STOP_WORDS for word in words),
    }
    assert (facts.counts["bad"] > 0) == (LOOKS_BAD.search(text) is not None)
    assert facts.lower_words == [word.lower() for word in words]
    assert facts.hashes.tolist() == string_hashes(words).tolist()
    assert facts.lower_hashes.tolist() == string_hashes([word.lower() for word in words]).tolist()
    assert facts.is_name.tolist() == [word[0].isupper() or word[0].isdigit() for word in words]
    lines = [line.lower().split() for line in text.split("\n")]
    assert facts.line_sizes.tolist() == list(map(len, lines))
    whole = group_hashes(string_hashes([token for line in lines for token in line]), lengths_of(lines))
    assert facts.line_hashes.tolist() == whole.tolist()


@pytest.mark.parametrize("text", TEXTS)
def test_facts_are_what_the_whole_text_says(text: str) -> None:
    check(text)


@given(ANY)
def test_facts_of_any_text_are_what_the_whole_text_says(text: str) -> None:
    check(text)


def test_a_full_table_starts_again_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    table = TokenTable()
    before = [facts for text in TEXTS for facts in table.measure([text])]
    monkeypatch.setattr(token_table, "MAX_TOKENS", 1)
    after = [facts for text in TEXTS for facts in table.measure([text])]
    assert len(table.seen) <= max(len(text.split()) for text in TEXTS)
    assert [facts.counts for facts in after] == [facts.counts for facts in before]
    assert [facts.lower_words for facts in before] == [[w.lower() for w in words_of(text)] for text in TEXTS]


def test_many_texts_are_measured_as_each_alone() -> None:
    together = TokenTable().measure(TEXTS)
    for facts, text in zip(together, TEXTS, strict=True):
        [alone] = TokenTable().measure([text])
        assert (facts.counts, facts.lower_words) == (alone.counts, alone.lower_words)
        assert facts.line_hashes.tolist() == alone.line_hashes.tolist()
