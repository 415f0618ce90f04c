import pytest

from soro.corpus.site_lines import SiteLines, site_of

FOOTER = "Ҳамаи ҳуқуқҳо ҳифз шудаанд"
PAGES = [f"Хабари рақами {i}\n\nИмрӯз дар деҳа {i} дарахт шинонданд.\n\n{FOOTER}" for i in range(5)]


def counted(pages: dict[str, list[str]], max_documents: int) -> SiteLines:
    lines = SiteLines(max_documents, cells_log2=12)
    for site, texts in pages.items():
        for text in texts:
            lines.add(site, text)
    return lines


def test_a_line_on_more_pages_than_allowed_goes_and_the_rest_keeps_its_order() -> None:
    lines = counted({"a.tj": PAGES}, max_documents=4)
    assert lines.strip("a.tj", PAGES[2]) == ("Хабари рақами 2\n\nИмрӯз дар деҳа 2 дарахт шинонданд.", 1)
    assert counted({"a.tj": PAGES}, max_documents=5).strip("a.tj", PAGES[2]) == (PAGES[2], 0)


def test_a_line_counts_for_its_own_site_and_once_a_document() -> None:
    lines = counted({"a.tj": PAGES, "b.tj": [f"{FOOTER}\n" * 9 + "Матн."]}, max_documents=4)
    assert lines.strip("b.tj", f"{FOOTER}\nМатн.") == (f"{FOOTER}\nМатн.", 0)


def test_capitals_and_spaces_make_no_other_line() -> None:
    lines = counted({"a.tj": PAGES}, max_documents=4)
    assert lines.strip("a.tj", f"  {FOOTER.upper()}\nМатни нав") == ("Матни нав", 1)


def test_headings_and_documents_of_nothing_else_stay() -> None:
    pages = [f"## Саволҳо\nСаволи {i}" for i in range(9)] + [FOOTER] * 9
    lines = counted({"a.tj": pages}, max_documents=2)
    assert lines.strip("a.tj", pages[0]) == (pages[0], 0)
    assert lines.strip("a.tj", FOOTER) == (FOOTER, 0)


def test_two_workers_count_as_one() -> None:
    both, first = counted({"a.tj": PAGES}, 4), counted({"a.tj": PAGES[:2]}, 4)
    first.merge(counted({"a.tj": PAGES[2:]}, 4))
    assert (first.counter.table == both.counter.table).all()


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
