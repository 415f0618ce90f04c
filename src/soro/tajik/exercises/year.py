"""The Tajik names of days, months and seasons, the holidays, and the lengths of months and years."""

NATURE = "Табиатшиносӣ"
HISTORY = "Таърихи умумӣ"

WEEKDAYS = ("душанбе", "сешанбе", "чоршанбе", "панҷшанбе", "ҷумъа", "шанбе", "якшанбе")
MONTHS = ("январ", "феврал", "март", "апрел", "май", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
SEASONS = {"баҳор": (3, 4, 5), "тобистон": (6, 7, 8), "тирамоҳ": (9, 10, 11), "зимистон": (12, 1, 2)}
COMMON_YEAR = 2025
HOLIDAYS = {
    "Рӯзи модар": (8, 3), "Наврӯз": (21, 3), "Рӯзи Ваҳдати миллӣ": (27, 6), "Рӯзи дониш": (1, 9),
    "Рӯзи Истиқлол": (9, 9), "Рӯзи забони давлатӣ": (5, 10), "Рӯзи Конститутсия": (6, 11), "Рӯзи Парчам": (24, 11),
}  # fmt: skip


def num_days(month: int, leap: bool = False) -> int:
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
