import shutil
import subprocess

import pytest

from soro.corpus.extract import ocr
from soro.corpus.extract.ocr import Picture, ocr_name, read_picture
from soro.corpus.raw import Unreadable

BLANK = Picture(width=100, height=40, pixels=b"\xff" * 4000)


def test_a_missing_program_gets_its_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PROGRAM", "no-such-program")
    for call in (lambda: ocr_name("tgk"), lambda: read_picture(BLANK, "tgk")):
        with pytest.raises(Unreadable, match="run: apt install tesseract-ocr tesseract-ocr-tgk"):
            call()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract is not installed")
def test_a_missing_model_gets_its_install_line() -> None:
    with pytest.raises(Unreadable, match="model 'xyz' of tesseract, which is not installed; run: apt install"):
        ocr_name("xyz")


def test_a_page_that_takes_too_long_or_fails_costs_that_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("tesseract", 120)

    def failing(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(1, "tesseract", stderr=b"Error during processing.\n")

    for broken, reason in ((slow, "OCR took over 120 s"), (failing, "OCR failed: Error during processing.")):
        monkeypatch.setattr(subprocess, "run", broken)
        with pytest.raises(Unreadable, match=reason):
            read_picture(BLANK, "tgk")


def test_blank_pictures_are_known() -> None:
    assert BLANK.is_blank
    assert not Picture(width=2, height=1, pixels=b"\xff\x00").is_blank
    assert BLANK.as_pgm().startswith(b"P5\n100 40\n255\n\xff")
