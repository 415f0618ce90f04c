import numpy as np

from soro.core.hashes import run_hashes, string_hashes
from soro.core.recipe import Filters
from soro.corpus.sketch import DocumentCounter, counter_of
from soro.corpus.templates import SHINGLE_WORDS, template_hashes, template_objection, template_shares
from soro.corpus.token_table import TokenTable

NAMES = ["Навобод", "Чорбоғ", "Дарвоз", "Хӯҷаи Калон", "Сари Осиё", "Лолазор"]
PROSE = (
    "Дар деҳаи мо ҳар баҳор бачаҳо ба назди чашма мераванд ва сангҳои роҳро тоза мекунанд, зеро оби борон онҳоро аз кӯҳ меорад. "
    "Бобоям мегӯяд, ки ин одатро аз падараш омӯхтааст."
)
TABLE = TokenTable()


def stub(i: int) -> str:
    name, other = NAMES[i % 6], NAMES[(i * 5 + 1) % 6]
    return f"{name} – деҳа дар ноҳияи {other}. Дар он {i * 37 + 120} нафар зиндагӣ мекунанд, масофа то маркази ноҳия {i} км."


def hashes_of(text: str) -> np.ndarray:
    return template_hashes(TABLE.measure([text])[0])


def counter(num_stubs: int) -> DocumentCounter:
    return counter_of([hashes_of(text) for text in [*map(stub, range(num_stubs)), PROSE]], cells_log2=14)


def objection(templates: DocumentCounter, text: str) -> tuple[str, str] | None:
    hashes = hashes_of(text)
    [share] = template_shares(templates, hashes, np.array([len(hashes)]), 20)
    return template_objection(share, Filters())


def test_names_and_numbers_are_masked() -> None:
    masked = string_hashes(["#", "деҳа", "дар", "#", "метр", "#"])
    assert hashes_of("Хӯҷаи Калон – деҳа дар 1 200 метр Б").tolist() == sorted(
        run_hashes(masked, SHINGLE_WORDS).tolist()
    )
    assert hashes_of(stub(3)).tolist() == hashes_of(stub(4)).tolist()


def test_articles_that_differ_in_names_alone_are_a_template() -> None:
    assert objection(counter(40), stub(3)) == ("template", "1.000")
    assert objection(counter(40), PROSE) is None


def test_a_few_of_a_kind_are_none() -> None:
    assert objection(counter(21), stub(3)) is None  # shared with 20 others
    assert objection(counter(22), stub(3)) is not None


def test_a_phrase_is_no_article() -> None:
    phrase = "Равзанаро бо тугма пӯшед"
    assert objection(counter_of([hashes_of(phrase)] * 100, cells_log2=10), phrase) is None


def test_many_texts_are_judged_as_each_alone() -> None:
    templates, texts = counter(40), [stub(1), "", PROSE, stub(2)]
    each = [hashes_of(text) for text in texts]
    sizes = np.array([len(hashes) for hashes in each])
    assert template_shares(templates, np.concatenate(each), sizes, 20).round(3).tolist() == [1.0, 0.0, 0.0, 1.0]
