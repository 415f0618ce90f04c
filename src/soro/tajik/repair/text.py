"""Every rule, in turn, until none finds anything."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from soro.tajik.repair import layout, letters, markup, quotes, signs
from soro.tajik.repair.edits import Edit, apply_edits, compose
from soro.tajik.repair.page import Page, judge_lines
from soro.tajik.repair.rule import Rule

if TYPE_CHECKING:
    from soro.tajik.languages import Guess

RULES: tuple[Rule, ...] = (
    signs.LINE_ENDS,
    *markup.RULES,
    *signs.RULES,
    signs.SPACES_RULE,
    *letters.RULES,
    *layout.RULES,
    *quotes.RULES,
)
SAYS = {rule.name: rule.says for rule in RULES}
# No rule lengthens a text and none takes back what another did, so the rounds end by themselves; only tags hidden in tags
# hidden in tags need more than three.
MAX_ROUNDS = 50


class Repaired(NamedTuple):
    """`edits` are of the text that was given: sorted, apart from each other; carried out they give `text`."""

    text: str
    edits: list[Edit]


def repair(text: str) -> str:
    """The text as it was meant. Idempotent; never raises; never longer; text in another language keeps its letters."""
    return settle(text, keep_edits=False).text


def repair_all(texts: Sequence[str]) -> list[str]:
    """Each text as `repair` gives it; the lines that the rules for Tajik ask about are identified together, which takes far
    less time."""
    guesses: dict[str, Guess] = {}
    pages = [Page(text, guesses) for text in texts]
    found = ((page, rule.find(page)) for page in pages for rule in RULES if rule.tajik)
    asked = dict.fromkeys((page, page.line_at(place[0])) for page, places in found for place in places)
    judge_lines(list(asked), guesses)
    return [settle(text, keep_edits=False, guesses=guesses).text for text in texts]


def repair_edits(text: str) -> Repaired:
    """The same, with each change."""
    return settle(text, keep_edits=True)


def settle(text: str, keep_edits: bool, guesses: "dict[str, Guess] | None" = None) -> Repaired:
    edits: list[Edit] = []
    page = Page(text, guesses)
    for _ in range(MAX_ROUNDS):
        before = page
        for rule in RULES:
            if step := edits_of(rule, page):
                after = page.after(apply_edits(page.text, step))
                if keep_edits:
                    edits = compose(edits, page.text, step, text)
                page = after
        if page is before:
            break
    return Repaired(page.text, edits)


def edits_of(rule: Rule, page: Page) -> list[Edit]:
    found = list(rule.find(page))
    if rule.tajik and found:
        found = page.in_tajik(found)
    return [Edit(start, end, page.text[start:end], new, rule.name) for start, end, new in found]


def explanation(edit: Edit) -> str:
    """`old → new  what the rules say`; what nobody sees is written by its number in Unicode."""
    says = "; ".join(SAYS[name] for name in edit.rule.split("+"))
    return f"{visible(edit.old)} → {visible(edit.new)}\t{says}"


def visible(text: str) -> str:
    if not text:
        return "nothing"
    return "".join(
        sign if sign.isprintable() and (sign != " " or len(text) > 1) else f"U+{ord(sign):04X}" for sign in text
    )


def repair_letters(text: str) -> str:
    """Put Tajik letters where legacy-font and look-alike characters stand; for text known to be Tajik."""
    for rule in letters.RULES:
        page = Page(text)
        text = apply_edits(
            text, [Edit(start, end, text[start:end], new, rule.name) for start, end, new in rule.find(page)]
        )
    return text
