import pytest

from soro.corpus.site_lines import hashes_of_page, judged_lines, site_of, without_lines
from soro.corpus.sketch import DocumentCounter, counter_of
from soro.corpus.token_table import TokenTable

TABLE = TokenTable()
FOOTER = "Ҳамаи ҳуқуқҳо ҳифз шудаанд"
PAGES = [f"Хабари рақами {i}\n\nИмрӯз дар деҳа {i} дарахт шинонданд.\n\n{FOOTER}" for i in range(5)]


def counted(pages: dict[str, list[str]]) -> DocumentCounter:
    return counter_of([lines_of(site, text) for site, texts in pages.items() for text in texts], cells_log2=12)


def lines_of(site: str, text: str):  # type: ignore[no-untyped-def]
    facts = TABLE.measure([text])[0]
    return hashes_of_page(site, facts)[judged_lines(text, facts)]


def strip(lines: DocumentCounter, site: str, text: str, most: int) -> tuple[str, int]:
    facts = TABLE.measure([text])[0]
    return without_lines(text, (lines.counts(hashes_of_page(site, facts)) > most) & judged_lines(text, facts))


def test_a_line_on_more_pages_than_allowed_goes_and_the_rest_keeps_its_order() -> None:
    lines = counted({"a.tj": PAGES})
    assert strip(lines, "a.tj", PAGES[2], 4) == ("Хабари рақами 2\n\nИмрӯз дар деҳа 2 дарахт шинонданд.", 1)
    assert strip(lines, "a.tj", PAGES[2], 5) == (PAGES[2], 0)


def test_a_line_counts_for_its_own_site_and_once_a_document() -> None:
    lines = counted({"a.tj": PAGES, "b.tj": [f"{FOOTER}\n" * 9 + "Матн."]})
    assert strip(lines, "b.tj", f"{FOOTER}\nМатн.", 4) == (f"{FOOTER}\nМатн.", 0)


def test_capitals_and_spaces_make_no_other_line() -> None:
    assert strip(counted({"a.tj": PAGES}), "a.tj", f"  {FOOTER.upper()}\nМатни нав", 4) == ("Матни нав", 1)


def test_headings_and_documents_of_nothing_else_stay() -> None:
    pages = [f"## Саволҳо\nСаволи {i}" for i in range(9)] + [FOOTER] * 9
    lines = counted({"a.tj": pages})
    assert strip(lines, "a.tj", pages[0], 2) == (pages[0], 0)
    assert strip(lines, "a.tj", FOOTER, 2) == (FOOTER, 0)


@pytest.mark.parametrize(
    ("url", "source_url", "site"),
    [
        ("https://www.sayt.tj/a/b", "", "sayt.tj"),
        ("https://sayt.tj/a", "https://sayt.tj/a", "source:crawl"),  # the address of the source, not of a page
        ("", "", "source:crawl"),
        ("http://[::1", "", "source:crawl"),
    ],
)
def test_the_site_is_the_host_or_else_the_source(url: str, source_url: str, site: str) -> None:
    assert site_of(url, "crawl", source_url) == site
