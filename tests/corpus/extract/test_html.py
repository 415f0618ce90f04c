import pytest

from soro.corpus.extract.html import MAX_HTML_BYTES, read_html
from soro.corpus.raw import Unreadable
from tests.corpus.extract.samples import MENU, SECOND, TEXT, page


def test_the_article_stays_and_menu_scripts_and_templates_go() -> None:
    read = read_html(page(TEXT, SECOND).encode())
    assert read.text.split("\n\n") == [TEXT, SECOND]
    assert (read.title, read.note) == ("Боғ", "")


@pytest.mark.parametrize(("charset", "declared"), [("windows-1251", ""), ("koi8-r", ""), ("", "windows-1251")])
def test_the_encoding_comes_from_meta_or_from_the_header(charset: str, declared: str) -> None:
    text = "Бародарон ва хохарон дар хона буданд ва нон мехурданд."
    encoding = charset or declared
    read = read_html(page(text, charset=charset).encode(encoding, "ignore"), declared=declared)
    assert read.text == text
    assert read.note.endswith("(declared)")


def test_utf16_pages_are_read() -> None:
    assert read_html(page(TEXT, charset="utf-16").encode("utf-16")).text == TEXT


def test_links_inside_a_sentence_stay_and_cards_of_a_table_go() -> None:
    cards = "".join(f'<tr><td><a href="/{i}">{name}</a></td><td>{TEXT[:60]}…</td></tr>' for i, name in enumerate(MENU))
    inside = f'{SECOND} <a href="/x">Ахбор</a> дар ин ҷост.'
    read = read_html(f"<body><table>{cards}</table><p>{TEXT}</p><p>{inside}</p>".encode())
    assert read.text.split("\n\n") == [TEXT, f"{SECOND} Ахбор дар ин ҷост."]


def test_a_chapter_keeps_what_is_shown() -> None:
    assert "Ахбор" in read_html(page(TEXT).encode(), main_content=False).text


def test_the_address_a_page_gives_itself() -> None:
    head = '<head><link rel="canonical" href="https://maktab.tj/bog"></head>'
    assert read_html(f"{head}<p>{TEXT}".encode()).url == "https://maktab.tj/bog"
    assert read_html(f'<head><link rel="canonical" href="/bog"></head><p>{TEXT}'.encode()).url == ""


def test_pages_too_large_or_too_deep_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"HTML of 50\.0 MB, over the limit of 16\.0 MB"):
        read_html(b"<p>" + b"a" * ((50 << 20) - 3))
    with pytest.raises(Unreadable, match="nested over 1,000 elements deep"):
        read_html(b"<div>" * 100_000)
    assert MAX_HTML_BYTES == 16 << 20


def test_entities_and_rubbish_give_text() -> None:
    assert read_html("<p>боғ&nbsp;&laquo;мо&raquo; &#1171;".encode()).text.replace("\xa0", " ") == "боғ «мо» ғ"
    assert read_html(b"").text == ""
    assert read_html(b"<").text in ("", "<")


@pytest.mark.parametrize(
    "menu",
    [
        "26.11.2026 <a href=/1>Ахбор</a>",
        "<a href=/1>Ахбор</a>, <a href=/2>Варзиш</a>",
        "<a href=/1>Ахбор</a> | <a href=/2>Варзиш</a>",
        "<a href=/1>Ахбори рӯз</a><a href=/2>Варзиш</a> <a href=/3>Илм ва техника</a>",
    ],
)
def test_links_with_dates_and_rows_of_links_go(menu: str) -> None:
    assert read_html(f"<body><div>{menu}</div><p>{TEXT}</p><p>{SECOND}</p>".encode()).text == f"{TEXT}\n\n{SECOND}"
