import pytest

from soro.tajik.alphabet import LETTERS
from soro.tajik.legibility import layer_score, legibility, unmixed, usual_share

TAJIK = (
    "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро ҳар баҳор об медиҳем, то ки меваи бисёр диҳанд. Кӯҳҳои Помир "
    "баланд ҳастанд ва дар қуллаҳои онҳо барф ҳатто дар тобистон об намешавад, зеро ҳаво хунук аст ва шамол мевазад."
)
RUSSIAN_KEYS = TAJIK.translate(str.maketrans("ҳҷӣӯқғ", "хчиукг"))


@pytest.mark.parametrize(
    "text",
    [
        TAJIK,
        "В саду у нас растут яблони и груши, и мы поливаем их каждую весну, чтобы они дали много плодов.",
        "The trees in the garden are watered in spring, and the fruit of the apple tree is ripe in autumn.",
    ],
)
def test_running_text_is_legible(text: str) -> None:
    assert layer_score(text) > 0.15


@pytest.mark.parametrize(
    "text",
    [
        TAJIK.lower().translate({ord(letter): chr(0x21 + i) for i, letter in enumerate(LETTERS)}),
        TAJIK.lower().translate({ord(letter): LETTERS[(i + 7) % len(LETTERS)] for i, letter in enumerate(LETTERS)}),
        "".join(chr(0xE000 + ord(c) % 200) if c.isalpha() else c for c in TAJIK),
        RUSSIAN_KEYS,  # Tajik without its letters: only the picture tells whether the font lost them
        TAJIK.translate(str.maketrans("ҳӯқғ", "{}|~")),
    ],
)
def test_the_layer_of_a_broken_font_is_not_trusted(text: str) -> None:
    assert layer_score(text) < 0.08


def test_windows_1251_shown_as_1252_is_put_right() -> None:
    shown = RUSSIAN_KEYS.encode("cp1251").decode("cp1252", "replace")
    assert unmixed(RUSSIAN_KEYS[:60].encode("cp1251").decode("cp1252")) == RUSSIAN_KEYS[:60]
    assert unmixed(TAJIK) == TAJIK
    assert legibility(shown) < 0.05


def test_short_texts_are_judged_by_their_characters() -> None:
    assert layer_score("Боби 2") == 1.0
    assert layer_score("\ue001\ue002\ue003") == 0.0
    assert usual_share("") == 0.0
