"""The measured tables of the model card, and what they say in words. Every sentence is computed from the numbers."""

from collections.abc import Sequence
from itertools import pairwise

from soro.release.facts import Facts, Score, language

STEP_LABELS = {
    "base": "base: the checkpoint as it was",
    "vocab": "vocab: vocabulary fitted to the language",
    "pretrain": "pretrain: trained further on text",
    "tune": "tune: trained on dialogues",
}
TASK_ORDER = ("bpc_tgk", "bpc_eng", "bpc_rus", "sib200_tgk", "arc_easy")


def table(header: Sequence[str], rows: Sequence[Sequence[str]], num_text_columns: int = 1) -> str:
    """A Markdown table; the columns after the first `num_text_columns` hold numbers and lean to the right."""
    rule = ["---" if number < num_text_columns else "---:" for number in range(len(header))]
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, rule, *cells])


def is_bpc(task: str) -> bool:
    return task.startswith("bpc_")


def task_label(task: str) -> str:
    """What a task measures, for people; an arrow says which way is better."""
    if is_bpc(task):
        return f"bits per character, {language(task.removeprefix('bpc_'))} ↓"
    known = {"sib200_tgk": "SIB-200 Tajik, topic of a sentence ↑", "arc_easy": "ARC-Easy, English questions ↑"}
    return known.get(task, f"{task} ↑")


def shown(task: str, value: float) -> str:
    return f"{value:.3f}" if is_bpc(task) else f"{100 * value:.1f} %"


def shown_score(task: str, score: Score) -> str:
    """`2.570 (2.510 to 2.630)`, the interval where there is one."""
    if score.low is None or score.high is None:
        return shown(task, score.value)
    return f"{shown(task, score.value)} ({shown(task, score.low)} to {shown(task, score.high)})"


def tasks_of(facts: Facts) -> list[str]:
    found = {task for scores in facts.steps.values() for task in scores}
    return [task for task in TASK_ORDER if task in found] + sorted(found - set(TASK_ORDER))


def steps_table(facts: Facts) -> str:
    """A row for each measured step, the released file last; — where nothing was measured."""
    tasks = tasks_of(facts)
    rows = [
        [STEP_LABELS[step], *[shown_score(task, scores[task]) if task in scores else "—" for task in tasks]]
        for step, scores in facts.steps.items()
    ]
    released = facts.formats.get(facts.recipe.release.gguf, {})
    if released:
        cells = [shown(task, released[task]) if task in released else "—" for task in tasks]
        rows.append([f"{facts.recipe.release.gguf}: this file", *cells])
    return table(["step", *map(task_label, tasks)], rows)


def formats_table(facts: Facts) -> str:
    """Size and bits per character of every format that was made, beside the original on the same text."""
    tasks = [task for task in TASK_ORDER if is_bpc(task) and any(task in row for row in facts.formats.values())]
    rows = [
        [
            "before quantization" if name == "original" else name,
            f"{row['num_bytes'] / 1e6:,.1f} MB" if "num_bytes" in row else "—",
            *[shown(task, row[task]) if task in row else "—" for task in tasks],
        ]
        for name, row in facts.formats.items()
    ]
    return table(["format", "size", *map(task_label, tasks)], rows)


def words_table(facts: Facts) -> str:
    """Tokens per word before and after, by language."""
    rows = []
    for lang, row in sorted(facts.tokens_per_word.items(), key=lambda item: item[0] != facts.recipe.language):
        before, after = row["before"], row["after"]
        rows.append([language(lang), f"{before:.2f}", f"{after:.2f}", f"{100 * (after / before - 1):+.0f} %"])
    return table(["tokens per word ↓", "before", "after", "change"], rows)


def is_worse(task: str, before: Score, after: Score) -> bool:
    return after.value > before.value if is_bpc(task) else after.value < before.value


def change(task: str, before: Score, after: Score) -> str:
    """`bits per character, English: 0.450 before, 0.610 after: worse`, with doubt where the intervals meet."""
    word = "unchanged" if before.value == after.value else "worse" if is_worse(task, before, after) else "better"
    doubt = ", but the intervals meet" if word != "unchanged" and before.overlaps(after) else ""
    label = task_label(task).removesuffix(" ↓").removesuffix(" ↑")
    return f"{label}: {shown(task, before.value)} before, {shown(task, after.value)} after: {word}{doubt}"


def overall(facts: Facts) -> list[str]:
    """A line for each task measured on the first and on the last model of the journey."""
    names = list(facts.steps)
    if len(names) < 2:
        return []
    first, last = facts.steps[names[0]], facts.steps[names[-1]]
    return [change(task, first[task], last[task]) for task in tasks_of(facts) if task in first and task in last]


def steps_that_made_worse(facts: Facts) -> list[str]:
    """A line for each number that a step made worse: models one after the other, tokens per word, quantization."""
    lines, names = [], list(facts.steps)
    for earlier, later in pairwise(names):
        for task in tasks_of(facts):
            if task in facts.steps[earlier] and task in facts.steps[later]:
                before, after = facts.steps[earlier][task], facts.steps[later][task]
                if is_worse(task, before, after):
                    lines.append(f"{later}, {change(task, before, after)}")
    for lang, row in facts.tokens_per_word.items():
        if row["after"] > row["before"]:
            numbers = f"{row['before']:.2f} before, {row['after']:.2f} after"
            lines.append(f"vocab, tokens per word, {language(lang)}: {numbers}: worse")
    original, released = facts.formats.get("original", {}), facts.formats.get(facts.recipe.release.gguf, {})
    for task in TASK_ORDER:
        if task in original and task in released:
            before, after = Score(value=original[task]), Score(value=released[task])
            if is_worse(task, before, after):
                lines.append(f"{facts.recipe.release.gguf}, {change(task, before, after)}")
    return lines
