"""Each filter with a text that it drops and why, and good text that none drops."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from soro.core.documents import Document
from soro.core.recipe import Corpus, Filters, Source
from soro.corpus.filters import first_objection
from soro.corpus.page import Page
from soro.corpus.readers import read_source
from soro.tajik.restore.letters import take_letters

PROSE = (
    "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро ҳар баҳор об медиҳем, то ки меваи бисёр диҳанд. Бобоям мегӯяд, ки "
    "дарахт мисли кӯдак аст: агар парвариш набинад, меваи хуб намедиҳад. Тирамоҳ, вақте ки себҳо пухта мешаванд, ҳамсояҳо ҷамъ "
    "меоянд ва ба мо дар чидани мева кӯмак мекунанд. Баъд модарам шарбат мепазад ва ба ҳар хона як зарф мефиристад. "
    "Зимистон, ҳангоме ки берун барф меборад, мо дар гирди дастархон менишинем ва он шарбатро бо нони гарм мехӯрем."
)
VERSE = """Дилам аз ёди ту шод аст
Ба роҳи ишқ ғам бод аст
Гули умед дар боғам шукуфта
Насими субҳ аз кӯҳам бигуфта
Биё, эй дӯст, бо ҳам нишинем
Ба рӯйи якдигар гулҳо бичинем
Ки фардо кас намедонад чи ояд
Ҷаҳон имрӯз бо мо месарояд
Агар дил пок бошад, роҳ пайдост
Чароғи дӯстӣ дар хонаи мост"""
MENU = (
    "Асосӣ|Ахбор|Сиёсат|Иқтисод|Ҷомеа|Фарҳанг|Варзиш|Ҷаҳон|Видео|Аксҳо|Тамос|Дар бораи мо|Реклама|Ҷустуҷӯ|Архив|Муҳити зист|"
    "Харитаи сомона|Ворид шудан|Бақайдгирӣ|Хориҷӣ|Маориф|Тандурустӣ|Китобхона|Муаллифон|Обуна|Навиштан ба муҳаррир"
).replace("|", "\n")  # fmt: skip
RUSSIAN = (
    "В нашем саду растут яблони и груши, и мы поливаем их каждую весну, чтобы они дали много плодов. Дедушка говорит, что дерево "
    "похоже на ребёнка: если за ним не ухаживать, оно не принесёт хороших плодов."
)
UZBEK = (
    "Бизнинг боғимизда олма ва нок дарахтлари ўсади, уларни ҳар баҳорда суғорамиз, токи кўп мева берсин. Бобом айтадики, дарахт "
    "болага ўхшайди: унга қарамасанг, яхши мева бермайди."
)
NAMES = [
    "Раҳимов",
    "Салимов",
    "Каримова",
    "Назаров",
    "Шарифзода",
    "Давлатов",
    "Ҳакимова",
    "Юсуфӣ",
    "Мирзоев",
    "Холиқов",
]


def source(**changes: object) -> Source:
    return replace(Source(name="sample", path="sample", licence="", tier="own"), **changes)  # type: ignore[arg-type]


def objection(text: str, filters: Filters | None = None, **changes: object) -> tuple[str, str] | None:
    its = source(**changes)
    document = Document(id="a", source="sample", lang=its.lang, licence="", tier="own", url="", title="", text=text)
    return first_objection(Page(document, its), Corpus(sources=(its,), filters=filters or Filters()))


def test_the_lessons_and_readings_stay(project: Path) -> None:
    for name in ("lessons", "readings"):
        for raw in list(read_source(source(name=name, path=name), project / "data"))[::9]:
            assert objection(raw.text) is None, raw.ref


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        take_letters(PROSE),
        VERSE,
        f"{PROSE}\n{RUSSIAN[:90]}",
        "Вазни ин ҷисм 50 нютон аст: P = m · g = 5 · 10 = 50 Н, пас ҷавоб дуруст аст.",
        "Истифодаи «CanvasRenderingContext2D» дар «createImageBitmap» куҳна шудааст.",
        f"{PROSE}\nНигаред: https://sayt.tj/a8f3k2l9m4n7b6v5c3x1z2q8w7e6r5t4y3u2i1o9p8a7s6d5f4g3h2j1k9",
    ],
)
def test_good_text_stays(text: str) -> None:
    assert objection(text) is None


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("mojibake", PROSE.encode().decode("cp1251", "replace")),
        ("mojibake", PROSE.encode().decode("latin-1")),
        ("mojibake", take_letters(PROSE).encode("cp1251").decode("latin-1")),
        ("mojibake", take_letters(PROSE).encode("koi8-r").decode("cp1251")),
        ("mojibake", PROSE.encode("cp1251", "replace").decode("cp1251")),
        ("machine-codes", f"{PROSE[:200]} {base64.b64encode(bytes(range(256))).decode()}"),
        ("machine-codes", "\n".join(bytes(range(i, i + 24)).hex() for i in range(12))),
        ("random-letters", "фждл йцқ шҳзхв ҷмсвч лдрпқ " * 12),
        ("random-letters", "qwrtp sdfgh zxcvb " * 20),
        ("other-language", RUSSIAN),
        ("other-language", UZBEK),
        ("other-language", f"{PROSE[:102]}\n{RUSSIAN}"),
        ("symbols", f"{PROSE[:103]}\n" + "★☆◆■ " * 40),
        ("symbols", "\n".join(f"Боби {i} {'.' * 40} {i * 7}" for i in range(20))),
        ("digits", "\n".join(f"Соли {i}: {i * 37.5} {i * 91.25} {i * 11.75} {i * 3}" for i in range(1991, 2011))),
        ("duplicate-lines", "\n".join([PROSE, *["Барои гирифтани маълумоти бештар ба мо занг занед."] * 8])),
        ("duplicate-ngrams", f"{PROSE} Ҳамин тавр. {PROSE}"),
        ("top-ngram", " ".join(f"арзон харидан {word}" for word in PROSE.split())),
        ("navigation", MENU),
        ("navigation", f"{MENU}\nДар деҳаи мо имрӯз дарахт шинонданд ва ҳама шод буданд."),
        ("few-stop-words", ", ".join(f"{name} {NAMES[(i * 7 + j) % 10]}" for j in range(6) for i, name in enumerate(NAMES))),
    ],
)  # fmt: skip
def test_bad_text_is_dropped_for_its_reason(reason: str, text: str) -> None:
    found = objection(text)
    assert found is not None and found[0] == reason, found


def test_duplicate_paragraphs_are_told_from_lines() -> None:
    paragraph = "Дарёи Вахш аз кӯҳҳо сар мешавад.\nОби он хунук ва тоза аст."
    filters = Filters(max_duplicate_line_share=1.0)
    assert objection(f"{PROSE[:200]}\n\n" + f"{paragraph}\n\n" * 5, filters) == ("duplicate-paragraphs", "0.473")


def test_the_language_of_the_source_is_what_counts() -> None:
    assert objection(RUSSIAN, lang="rus") is None
    found = objection(PROSE, lang="rus")
    assert found == ("other-language", "0.000")


def test_thresholds_of_the_recipe_decide() -> None:
    assert objection(MENU, Filters(max_list_share=1.0, min_stop_word_share=0.0)) is None
    assert objection(PROSE, Filters(min_stop_word_share=0.9)) == ("few-stop-words", "0.418")
