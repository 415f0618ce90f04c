"""Every task of the kind "calendar"."""

from soro.tajik.exercises import clock, dates, weekdays
from soro.tajik.exercises.exercise import Task

TASKS: tuple[Task, ...] = (
    weekdays.weekday_after,
    weekdays.near_weekdays,
    weekdays.days_of_month,
    weekdays.month_order,
    weekdays.season,
    weekdays.leap_year,
    dates.days_between,
    dates.date_after,
    dates.weekday_of_date,
    dates.century,
    dates.years_passed,
    clock.later,
    clock.duration,
    clock.half_day,
    clock.lessons,
)
