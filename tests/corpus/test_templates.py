from soro.core.recipe import Filters
from soro.corpus.templates import TemplateCounter, masked_words

NAMES = ["Навобод", "Чорбоғ", "Дарвоз", "Хӯҷаи Калон", "Сари Осиё", "Лолазор"]
PROSE = (
    "Дар деҳаи мо ҳар баҳор бачаҳо ба назди чашма мераванд ва сангҳои роҳро тоза мекунанд, зеро оби борон онҳоро аз кӯҳ меорад. "
    "Бобоям мегӯяд, ки ин одатро аз падараш омӯхтааст."
)


def stub(i: int) -> str:
    name, other = NAMES[i % 6], NAMES[(i * 5 + 1) % 6]
    return f"{name} – деҳа дар ноҳияи {other}. Дар он {i * 37 + 120} нафар зиндагӣ мекунанд, масофа то маркази ноҳия {i} км."


def counter(num_stubs: int) -> TemplateCounter:
    templates = TemplateCounter(cells_log2=14)
    for i in range(num_stubs):
        templates.add(stub(i))
    templates.add(PROSE)
    return templates


def test_names_and_numbers_are_masked() -> None:
    assert masked_words("Хӯҷаи Калон – деҳа дар 1 200 метр") == ["#", "деҳа", "дар", "#", "метр"]
    assert masked_words(stub(3)) == masked_words(stub(4))


def test_articles_that_differ_in_names_alone_are_a_template() -> None:
    limits = Filters(max_template_documents=20)
    assert counter(40).objection(stub(3), limits) == ("template", "1.000")
    assert counter(40).objection(PROSE, limits) is None


def test_a_few_of_a_kind_are_none() -> None:
    limits = Filters(max_template_documents=20)
    assert counter(21).objection(stub(3), limits) is None  # shared with 20 others
    assert counter(22).objection(stub(3), limits) is not None


def test_the_order_of_documents_and_the_number_of_workers_change_nothing() -> None:
    one, two = TemplateCounter(cells_log2=10), TemplateCounter(cells_log2=10)
    for i in range(30):
        (one if i % 3 else two).add(stub(i))
    one.merge(two)
    assert (one.counter.table == whole(range(29, -1, -1)).counter.table).all()


def whole(order: range) -> TemplateCounter:
    templates = TemplateCounter(cells_log2=10)
    for i in order:
        templates.add(stub(i))
    return templates


def test_a_phrase_is_no_article() -> None:
    templates = TemplateCounter(cells_log2=10)
    for _ in range(100):
        templates.add("Равзанаро бо тугма пӯшед")
    assert templates.share("Равзанаро бо тугма пӯшед", 20) == 0.0
