from soro.corpus.extract.reflow import reflow

PROSE = [
    "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро",
    "ҳар баҳор об медиҳем, то ки меваи бисёр диҳанд ва кӯда-",
    "кон шод шаванд.",
]
VERSE = ["Дарахти ҷавон дар канори чаман,", "Сухан гуфт бо боди субҳи Яман."]


def test_lines_of_a_paragraph_are_joined_and_broken_words_made_whole() -> None:
    whole = "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро ҳар баҳор об медиҳем, то ки меваи бисёр диҳанд ва "
    assert reflow(["\n".join(PROSE)]) == whole + "кӯдакон шод шаванд."


def test_verse_and_headings_keep_their_lines() -> None:
    assert reflow(["\n".join(["БОҒ", *VERSE])]) == "\n".join(["БОҒ", *VERSE])


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_are_left_out() -> None:
    pages = ["12\n" + PROSE[0], PROSE[1] + "\n" + PROSE[2] + "\n– 13 –"]
    assert reflow(pages) == reflow(["\n".join(PROSE)])


def test_nothing_gives_nothing() -> None:
    assert reflow([]) == reflow(["", "\n\n", "7"]) == ""
