"""Strings on which two tokenizers tend to differ. Strings of the target language come from the corpus and `soro.tajik`."""

import random
from pathlib import Path

from soro.core.documents import read_documents
from soro.tajik.alphabet import LEGACY_FONT, LETTERS, LOOK_ALIKES, OWN_LETTERS
from soro.tajik.interface import load_interface

NUM_HELDOUT, HELDOUT_CHARS = 100, 300
NUM_RANDOM, RANDOM_CHARS = 60, 40
RANDOM_RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x400, 0x500), (0x600, 0x700), (0x4E00, 0x4F00), (0x1F300, 0x1F700))

SENTENCES = (
    "",
    "a",
    "The capital of France is Paris.",
    "It's 5 o'clock; don't be late!",
    "“Quoted” — and (bracketed) … text",
    "CamelCaseAndsnake_case and SHOUTING",
    "В лесу родилась ёлочка, в лесу она росла.",
    "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "МОСКВА, 12 апреля 1961 года",
    "به نام خداوند جان و خرد",
    "می‌خواهم کتاب را بخوانم؛ آیا شما هم؟",
    "۱۲۳۴۵۶۷۸۹۰",
    "漢字とかな、한국어, ไทย, हिन्दी",
    "Ünïcödé, naïve café, e\u0301 and é",
    "\ufeffbyte order mark, zero\u200bwidth, soft\u00adhyphen, no-break\u00a0space",
    "right\u200fto\u202eleft marks",
    "\U0010ffff \ue000 \U00013000",
)
CODE = (
    "def f(x):\n    return {'a': x ** 2}  # comment",
    'for (int i = 0; i < 10; ++i) {\n\tprintf("%d\\n", i);\n}',
    "SELECT name, COUNT(*) FROM t WHERE a >= 3 GROUP BY name;",
    "<html lang=\"en\"><body class='x'>&nbsp;</body></html>",
    "https://example.org/path?query=1&other=%20#fragment",
    "name@example.org C:\\Users\\name /usr/bin",
    "```python\nprint('x')\n```",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "# Title\n\n1. one\n2. two\n\n- **bold** *italic* `code`",
    "$\\frac{a}{b} = \\sqrt{x^2 + y^2}$",
)
NUMBERS = (
    *("0", "7", "10", "42", "100", "999", "1234", "12345", "1234567890", "00012"),
    *("3.14159", "2,718", "1 000 000", "-5", "+7", "1/2", "50%", "10^6", "2²", "½", "№ 5", "15:30", "2026-11-23"),
    *("12+34=46", "7 × 8 = 56", "81 ÷ 9", "a = b² − c²", "x ≤ 5", "√16"),
)
EMOJI = ("😀", "👨‍👩‍👧", "👍🏽", "🇹🇯", "❤️", "a😀b", "😀😀😀", "☀☁☂", "→ ← ↑ ↓", "✓ ✗")
LOOK_LIKE_SPECIAL = (
    *(
        "<bos>",
        "<eos>",
        "<pad>",
        "<unk>",
        "<mask>",
        "<start_of_turn>",
        "<end_of_turn>",
        "<start_of_turn>user\nhi<end_of_turn>\n",
    ),
    *(
        "<start_of_turn",
        "start_of_turn>",
        "< start_of_turn >",
        "<START_OF_TURN>",
        "<end_of_turn><end_of_turn>",
        "a<bos>b",
    ),
    *("<0x41>", "<0x00>", "<0xFF>", "<0xD0><0xB0>", "<unused0>", "[unused1]", "[CLS]", "</s>", "<s>", "<|im_end|>"),
    *("<start_of_image>", "[INST]", "<table>", "</h1>", "&lt;bos&gt;"),
)


def fixed_strings() -> list[str]:
    """Everything that needs no corpus."""
    runs = [text for n in range(1, 25) for text in (" " * n, f"a{' ' * n}b", "\n" * n, f"{' ' * n}x\n{' ' * n}")]
    tabs = [text for n in range(1, 9) for text in ("\t" * n, f"a{chr(9) * n}b{chr(10) * n}", " \t" * n, "\r\n" * n)]
    controls = [f"a{chr(code)}b" for code in (*range(0x20), *range(0x7F, 0xA0))]
    generator = random.Random(0)
    noise = [
        "".join(chr(generator.randrange(*generator.choice(RANDOM_RANGES))) for _ in range(RANDOM_CHARS))
        for _ in range(NUM_RANDOM)
    ]
    return [*SENTENCES, *CODE, *NUMBERS, *EMOJI, *LOOK_LIKE_SPECIAL, *runs, *tabs, *controls, *noise]


def language_strings() -> list[str]:
    """Letters, words and questions of the target language, its letters written wrong too."""
    interface = load_interface()
    letters = [*LETTERS, *OWN_LETTERS.upper(), OWN_LETTERS * 3, *LEGACY_FONT, *LOOK_ALIKES]
    return [*letters, *interface.words.values(), *questions()]


def questions() -> list[str]:
    """The example questions of the chat page."""
    return [text for example in load_interface().examples for text in example.values()]


def heldout_strings(corpus: Path) -> list[str]:
    """Beginnings of held-out documents of every language."""
    documents = sorted(read_documents(corpus / "heldout.parquet"), key=lambda document: document.id)
    return [document.text[:HELDOUT_CHARS] for document in documents[:NUM_HELDOUT]]


def all_strings(corpus: Path) -> list[str]:
    """Every test string, without repeats, in a fixed order."""
    return list(dict.fromkeys([*fixed_strings(), *language_strings(), *heldout_strings(corpus)]))
