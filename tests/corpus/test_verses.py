from soro.corpus.verses import verses_of_pages

VERSE = [
    "Дарахти ҷавон дар канори чаман,",
    "Сухан гуфт бо боди субҳи Яман.",
    "Ки ман соя бар роҳгузар медиҳам,",
    "Зи шохи баландам самар медиҳам.",
    "Агар об аз чашма ояд маро,",
    "Баҳоре дигар гул бизояд маро.",
    "Чу борон расад, сабз гардад замин,",
    "Хирад бошад андар дилам ҳамнишин.",
]


def page(lines: list[str], notes: str = "") -> str:
    return "17\n" + "\n".join(lines) + "\n" + notes


def test_margins_footnotes_and_marks_are_left_behind() -> None:
    printed = [VERSE[0], VERSE[1] + "1", "5 \t" + VERSE[2], VERSE[3].replace("шохи", "шохи2*"), *VERSE[4:]]
    text = page(printed, "1.\t Л – боди саҳар.\n2.\t И – ниҳоли.\n")
    assert [poem for _, poem in verses_of_pages(text)] == ["\n".join(VERSE)]


def test_headings_part_poems_and_prose_pages_give_nothing() -> None:
    prose = "Ин саҳифа муқаддимаи нашр аст ва дар он роҷеъ ба дастнависҳои гуногун сухан меравад, аз ин рӯ шеър нест."
    text = "\f".join([page([prose] * 10), page([*VERSE, "ДОСТОНИ ДИГАР", *VERSE]), page(VERSE)])
    assert list(verses_of_pages(text)) == [(1, "\n".join(VERSE)), (2, "\n".join(VERSE + VERSE))]
