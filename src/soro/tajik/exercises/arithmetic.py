"""Every task of the kind "arithmetic"."""

from soro.tajik.exercises import number_words, operations, parts, stories
from soro.tajik.exercises.exercise import Task

TASKS: tuple[Task, ...] = (
    operations.addition,
    operations.subtraction,
    operations.multiplication,
    operations.division,
    operations.remainder,
    operations.unknown,
    operations.order_of_operations,
    operations.check_result,
    parts.fraction,
    parts.percent,
    parts.comparison,
    parts.rounding,
    parts.parity,
    parts.neighbours,
    number_words.number_in_words,
    number_words.number_from_words,
    number_words.ordinal_number,
    number_words.digits_of_number,
    parts.average,
    stories.gave_away,
    stories.together,
    stories.how_many_more,
    stories.rows,
    stories.sharing,
    stories.boxes,
    stories.price,
    stories.change,
    stories.discount,
    stories.road,
    stories.meeting,
    stories.ages,
    stories.rectangle,
)
