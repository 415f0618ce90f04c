"""Pictures of pages into text with the program Tesseract and its model of the language.

Tesseract runs once a page, as a program of its own: a page that crashes it or takes too long costs that page.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass

from soro.corpus.raw import Unreadable

PROGRAM = "tesseract"
TIMEOUT_S = 120
DEFAULT_DPI = 300
LIGHT = bytes(range(200, 256))


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A grey picture: `pixels` row by row, one byte a pixel, 255 is white."""

    width: int
    height: int
    pixels: bytes
    dpi: int = DEFAULT_DPI

    @property
    def is_blank(self) -> bool:
        """Whether nothing on it is darker than light grey."""
        return not self.pixels.translate(None, LIGHT)

    def as_pgm(self) -> bytes:
        return b"P5\n%d %d\n255\n" % (self.width, self.height) + self.pixels


def install_line(lang: str) -> str:
    return f"apt install tesseract-ocr tesseract-ocr-{lang}"


def ocr_name(lang: str) -> str:
    """`tesseract 5.3.0, tgk`: the program and the model, for notes.

    Raises Unreadable with the line that installs them when the program or the model of `lang` is missing.
    """
    if shutil.which(PROGRAM) is None:
        raise Unreadable(f"OCR needs the program {PROGRAM!r}, which is not installed; run: {install_line(lang)}")
    try:
        listed = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=TIMEOUT_S)
        version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, timeout=TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unreadable(f"OCR: {PROGRAM!r} does not start ({error}); run: {install_line(lang)}") from error
    if lang not in listed.stdout.split():
        raise Unreadable(
            f"OCR needs the model {lang!r} of {PROGRAM}, which is not installed; run: {install_line(lang)}"
        )
    lines = (version.stdout or version.stderr).splitlines()
    return f"{lines[0] if lines else PROGRAM}, {lang}"


def read_picture(picture: Picture, lang: str) -> str:
    """The text of one page. Raises Unreadable when Tesseract is missing, fails, or takes over two minutes."""
    command = [PROGRAM, "stdin", "stdout", "-l", lang, "--dpi", str(picture.dpi)]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # the same result and less time on two cores
    try:
        done = subprocess.run(
            command, input=picture.as_pgm(), capture_output=True, timeout=TIMEOUT_S, env=environment, check=True
        )
    except FileNotFoundError as error:
        raise Unreadable(
            f"OCR needs the program {PROGRAM!r}, which is not installed; run: {install_line(lang)}"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"OCR took over {TIMEOUT_S} s") from error
    except (subprocess.CalledProcessError, OSError) as error:
        reason = getattr(error, "stderr", b"").decode("utf-8", "replace").strip().splitlines()
        raise Unreadable(f"OCR failed: {reason[-1] if reason else error}") from error
    return done.stdout.decode("utf-8", "replace").replace("\f", "").strip()
