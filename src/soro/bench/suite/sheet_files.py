"""Tables of text as .xlsx (openpyxl) and as .csv. Spreadsheets of Tajikistan write CSV with semicolons; any is read."""

import csv
import io
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from soro.bench.suite.wording import wording
from soro.core.errors import SoroError, missing_extra
from soro.core.files import write_atomic

DELIMITERS = ";,\t"
WIDE, NARROW = 45, 14  # widths of columns, in characters
WIDE_COLUMNS = {"text", "question", "explanation", "note"}


def write_rows(path: Path, rows: list[list[str]]) -> None:
    """Write a table whose first row holds the names of the columns. Raises SoroError for an ending other than the two."""
    if check_ending(path) == ".csv":
        text = io.StringIO()
        csv.writer(text, delimiter=DELIMITERS[0], lineterminator="\r\n").writerows(rows)
        write_atomic(path, "\ufeff" + text.getvalue())
    else:
        data = io.BytesIO()
        workbook_of(rows).save(data)
        write_atomic(path, data.getvalue())


def read_rows(path: Path) -> list[list[str]]:
    """The table of a file, every cell as text. Raises SoroError where it is not what its ending says."""
    if not path.is_file():
        raise SoroError(f"{path} is not there; name the file that the reviewer sent back")
    return csv_rows(path) if check_ending(path) == ".csv" else workbook_rows(path)


def check_ending(path: Path) -> str:
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise SoroError(f"{path} ends in {path.suffix or 'nothing'}; sheets are .xlsx or .csv")
    return path.suffix.lower()


def csv_rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SoroError(f"{path} is not UTF-8 (byte {error.start}); save it as “CSV UTF-8”, or as .xlsx") from error
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]


def workbook_of(rows: list[list[str]]) -> Any:
    """A workbook with one sheet: the head fixed, long cells wrapped, the verdicts in a list to choose from."""
    openpyxl = import_openpyxl()
    book = openpyxl.Workbook()
    sheet = book.active
    columns = wording("sheet")["columns"]
    sheet.title, sheet.freeze_panes = wording("sheet")["title"], "B2"
    for number, cells in enumerate(rows, 1):
        for place, value in enumerate(cells, 1):
            cell = sheet.cell(number, place, value)
            cell.data_type = "s"  # never a formula
            cell.alignment = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
            cell.font = openpyxl.styles.Font(bold=number == 1)
    for place, key in enumerate(columns, 1):
        letter = openpyxl.utils.get_column_letter(place)
        sheet.column_dimensions[letter].width = WIDE if key in WIDE_COLUMNS else NARROW
        if key == "verdict":
            words = ",".join(wording("sheet")["verdicts"].values())
            choice = openpyxl.worksheet.datavalidation.DataValidation(
                type="list", formula1=f'"{words}"', allow_blank=True
            )
            choice.add(f"{letter}2:{letter}{max(2, len(rows))}")
            sheet.add_data_validation(choice)
    return book


def workbook_rows(path: Path) -> list[list[str]]:
    openpyxl = import_openpyxl()
    try:
        sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
        rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    except (openpyxl.utils.exceptions.InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise SoroError(
            f"{path} is not a readable .xlsx file ({error}); save it again as .xlsx, or as CSV UTF-8"
        ) from error
    return [row for row in rows if any(row)]


def import_openpyxl() -> Any:
    try:
        import openpyxl
        import openpyxl.styles
        import openpyxl.utils.exceptions
        import openpyxl.worksheet.datavalidation
    except ModuleNotFoundError as error:
        raise missing_extra("openpyxl", "bench") from error
    return openpyxl
