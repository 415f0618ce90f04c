from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soro.core.errors import SoroError
from soro.tajik.language_tables import load_tables, save_tables
from soro.tajik.language_words import WordCache
from soro.tajik.languages import SHOWN, Guess, Identifier, load_identifier
from soro.tajik.languages_learn import calibrate, count_words, learn_table, shares, without_own_letters

IDENTIFIER = load_identifier()

SENTENCES = {
    ("tg", "Cyrl"): "Дар мактаби мо китобхонаи калон ҳаст ва мо ҳар рӯз ба он ҷо меравем.",
    ("ru", "Cyrl"): "В нашей школе есть большая библиотека, и мы ходим туда каждый день.",
    ("uz", "Cyrl"): "Мактабимизда катта кутубхона бор ва биз у ерга ҳар куни борамиз.",
    ("uz", "Latn"): "Maktabimizda katta kutubxona bor va biz u yerga har kuni boramiz.",
    ("fa", "Arab"): "در مدرسه ما کتابخانه بزرگی هست و ما هر روز به آنجا می‌رویم.",
    ("ky", "Cyrl"): "Биздин мектепте чоң китепкана бар жана биз ал жакка күн сайын барабыз.",
    ("kk", "Cyrl"): "Біздің мектепте үлкен кітапхана бар және біз оған күн сайын барамыз.",
    ("tt", "Cyrl"): "Безнең мәктәптә зур китапханә бар һәм без анда көн саен барабыз.",
    ("ba", "Cyrl"): "Беҙҙең мәктәптә ҙур китапхана бар һәм беҙ унда көн һайын барабыҙ.",
    ("uk", "Cyrl"): "У нашій школі є велика бібліотека, і ми ходимо туди щодня.",
    ("be", "Cyrl"): "У нашай школе ёсць вялікая бібліятэка, і мы ходзім туды кожны дзень.",
    ("bg", "Cyrl"): "В нашето училище има голяма библиотека и ние ходим там всеки ден.",
    ("sr", "Cyrl"): "У нашој школи постоји велика библиотека и ми идемо тамо сваки дан.",
    ("mk", "Cyrl"): "Во нашето училиште има голема библиотека и ние одиме таму секој ден.",
    ("mn", "Cyrl"): "Манай сургуульд том номын сан байдаг бөгөөд бид тэнд өдөр бүр очдог.",
    ("en", "Latn"): "Our school has a large library and we go there every day.",
    ("other", "Latn"): "Unsere Schule hat eine große Bibliothek, und wir gehen jeden Tag dorthin.",
    ("other", "Grek"): "Το σχολείο μας έχει μια μεγάλη βιβλιοθήκη.",
    ("other", "Hani"): "我们学校有一个很大的图书馆",
}


@pytest.mark.parametrize(("lang", "script"), SENTENCES)
def test_a_sentence_of_each_language(lang: str, script: str) -> None:
    [guess] = IDENTIFIER.identify([SENTENCES[lang, script]])
    assert (guess.lang, guess.script) == (lang, script)
    assert guess.score > 0.9


@pytest.mark.parametrize(
    "text",
    [
        without_own_letters(SENTENCES["tg", "Cyrl"]),
        "Дар мактаби мо китобхонаи калон њаст ва мо њар рўз ба он љо меравем.",  # the letters of a legacy font
        "Дaр мaктaби мo китoбхoнaи кaлoн ҳаст",  # Latin a and o
        "Дар мак\u00adта\u00adби мо ки\u00adтоб\u00adхона ҳаст",
        "ДАР МАКТАБИ МО КИТОБХОНАИ КАЛОН ҲАСТ",
        "Дар ноутбуки Lenovo ThinkPad бозии Minecraft хуб кор мекунад",
    ],
)
def test_tajik_however_it_is_typed(text: str) -> None:
    [guess] = IDENTIFIER.identify([text])
    assert (guess.lang, guess.script) == ("tg", "Cyrl")


@pytest.mark.parametrize("text", ["", "   ", "1991 — 2026", "🙂🙃", "...!?", "\x00\x01\ufffd", "\u0301\u0301", "½ ²"])
def test_nothing_to_judge(text: str) -> None:
    assert IDENTIFIER.identify([text]) == [Guess("und", "Zyyy", 0.0)]


def test_letters_of_no_known_language_are_another_language() -> None:
    # Chuvash: ӑ ӗ ҫ ӳ
    assert IDENTIFIER.identify(["Пирӗн шкулта пысӑк вулавӑш пур, эпӗр унта кулленех ҫӳретпӗр."])[0].lang == "other"


def test_the_company_of_a_line_does_not_change_its_guess() -> None:
    lines = [*SENTENCES.values(), "", "Салом!"]
    together = IDENTIFIER.identify(lines)
    assert together == [Identifier(IDENTIFIER.tables).identify([line])[0] for line in lines]


def test_a_full_cache_starts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soro.tajik.language_words.MAX_CACHED_WORDS", 5)
    identifier = Identifier(IDENTIFIER.tables)
    lines = list(SENTENCES.values())
    guesses = [identifier.identify([line])[0] for line in lines]
    assert [(guess.lang, guess.script) for guess in guesses] == list(SENTENCES)
    assert len(identifier.cache.places) < 40


def test_a_line_of_ten_megabytes_is_judged_by_its_beginning() -> None:
    [guess] = IDENTIFIER.identify(["Мо ба мактаб меравем ва китоб мехонем. " * 260_000])
    assert guess.lang == "tg"
    assert IDENTIFIER.identify(["ҳ" * 10_000_000])[0].script == "Cyrl"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_any_text_gets_one_guess_a_line(lines: list[str]) -> None:
    guesses = IDENTIFIER.identify(lines)
    assert len(guesses) == len(lines)
    for guess in guesses:
        assert guess.lang in (*SHOWN, "other", "und")
        assert len(guess.script) == 4
        assert 0.0 <= guess.score <= 1.0


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_any_bytes_are_judged(data: bytes) -> None:
    assert len(IDENTIFIER.identify([data.decode("utf-8", "replace"), data.decode("cp1251", "replace")])) == 2


def test_lone_surrogates_do_no_harm() -> None:
    assert IDENTIFIER.identify(["салом \ud800 дӯстон"])[0].lang == "tg"


WORDS: Mapping[str, Mapping[str, float]] = {
    "tg": shares([count_words(["мо ба мактаб меравем ва китоб мехонем", "ин китоби мо аст"])]),
    "ru": shares([count_words(["мы ходим в школу и читаем книгу", "это наша книга"])]),
}


def test_a_table_learned_from_two_sentences_tells_them_apart(tmp_path: Path) -> None:
    table = learn_table("Cyrl", WORDS, num_rows=1 << 12)
    save_tables(tmp_path / "t.npz", [table])
    [loaded] = load_tables(tmp_path / "t.npz")
    assert np.array_equal(loaded.table, table.table)
    assert (loaded.langs, loaded.prior) == (("ru", "tg"), table.prior)
    guesses = Identifier([loaded]).identify(["китоб мехонем", "читаем книгу"])
    assert [guess.lang for guess in guesses] == ["tg", "ru"]


def test_learning_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save_tables(tmp_path / name, [learn_table("Cyrl", WORDS, num_rows=1 << 10)])
    first, second = sorted(tmp_path.iterdir())
    assert first.read_bytes() == second.read_bytes()


def test_calibration_makes_wrong_answers_less_sure() -> None:
    table = learn_table("Cyrl", WORDS, num_rows=1 << 12)
    right = calibrate(table, {"tg": ["китоб мехонем"], "ru": ["читаем книгу"]})
    wrong = calibrate(table, {"tg": ["читаем книгу"], "ru": ["китоб мехонем"]})
    assert right.temperature > wrong.temperature


def test_evidence_of_a_word_is_the_sum_over_its_rows_damped_by_its_length() -> None:
    from soro.tajik.ngrams import ngram_rows

    table = learn_table("Cyrl", WORDS, num_rows=1 << 12)
    words = ["китоб", "мо"]
    rows, starts = ngram_rows(words, 1 << 12)
    for number, (word, first, last) in enumerate(zip(words, starts, [*starts[1:], len(rows)], strict=True)):
        plain = table.table[rows[first:last].ravel()].astype(float).sum(axis=0) * table.step / len(word) ** (1 / 3)
        assert np.allclose(table.evidence(words)[number], plain, rtol=1e-5)


def test_words_of_any_script_find_a_place() -> None:
    cache = WordCache(IDENTIFIER.tables)
    places = cache.look_up(["салом", "hello", "ქართული", "салом"])
    assert places.tolist() == [0, 1, 2, 0]
    assert [cache.scripts[number] for number in cache.script[places]] == ["Cyrl", "Latn", "Geor", "Cyrl"]


def test_a_missing_or_damaged_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(SoroError, match="not there"):
        load_identifier(tmp_path / "none.npz")
    (tmp_path / "bad.npz").write_bytes(b"not a table")
    with pytest.raises(SoroError, match="not a table of languages"):
        load_identifier(tmp_path / "bad.npz")


def test_words_no_language_agrees_on_are_another_language() -> None:
    text = "Гһыар тэйкүн джэбо шырмак увэчи җомро пичай кызләнд ўштара вийко ељуми стоғрыт"  # no language: made up
    assert IDENTIFIER.identify([text])[0].lang == "other"


def test_a_line_in_two_languages_is_in_one_of_them() -> None:
    line = SENTENCES["tg", "Cyrl"] + " " + SENTENCES["ru", "Cyrl"]
    assert IDENTIFIER.identify([line])[0].lang in ("tg", "ru")
