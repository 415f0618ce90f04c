"""School dialogues with computed answers: arithmetic, units, calendar, spelling.

Every answer is right by construction; the same kind, number and seed give the same dialogues, no two with one question.
"""

from random import Random
from typing import Any, Literal

from soro.core.errors import SoroError
from soro.tajik.exercises.arithmetic import TASKS as ARITHMETIC
from soro.tajik.exercises.calendar import TASKS as CALENDAR
from soro.tajik.exercises.exercise import Task
from soro.tajik.exercises.spelling import TASKS as SPELLING
from soro.tajik.exercises.units import TASKS as UNITS

Kind = Literal["arithmetic", "units", "calendar", "spelling"]

TASKS: dict[str, tuple[Task, ...]] = {
    "arithmetic": ARITHMETIC,
    "units": UNITS,
    "calendar": CALENDAR,
    "spelling": SPELLING,
}
MAX_TRIES = 400  # draws in a row that all repeat a question; then the kind is taken to be used up


def generate(kind: Kind, number: int, seed: int) -> list[dict[str, Any]]:
    """`number` dialogues of the kind, each one question and one answer; a smaller number is a prefix of a larger one.

    Raises SoroError for an unknown kind, a negative number, or more dialogues than the kind has questions.
    """
    if kind not in TASKS:
        raise SoroError(f"generated dialogues: the kind is {kind!r}, must be one of {', '.join(TASKS)}")
    if number < 0:
        raise SoroError(f"generated dialogues: {number} of {kind} were asked for; give 0 or more")
    rng = Random(f"{kind} {seed}")
    tasks = TASKS[kind]
    seen: set[str] = set()
    dialogues: list[dict[str, Any]] = []
    tries = 0
    while len(dialogues) < number:
        exercise = rng.choice(tasks)(rng)
        if exercise.question in seen:
            tries += 1
            if tries == MAX_TRIES:
                raise SoroError(f"generated dialogues: {kind} has no more than {len(seen)} questions with seed {seed}; "
                                f"ask for fewer than {number}")  # fmt: skip
            continue
        tries = 0
        seen.add(exercise.question)
        dialogues.append(
            {
                "id": f"generated-{kind}-{len(dialogues) + 1:05d}",
                "subject": exercise.subject,
                "grade": exercise.grade,
                "author": "Soro",
                "licence": "CC BY 4.0",
                "generated": True,
                "messages": [
                    {"role": "user", "content": exercise.question},
                    {"role": "assistant", "content": exercise.answer},
                ],
            }
        )
    return dialogues
