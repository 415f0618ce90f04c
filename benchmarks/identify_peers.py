"""The libraries that `soro text identify` is measured against: pycld2, py3langid, and the first with the second's help.

pip install pycld2 py3langid
"""

from collections.abc import Callable, Sequence

from soro.core.errors import SoroError

Predict = Callable[[Sequence[str]], list[str]]


def peers() -> dict[str, Predict]:
    """Name and function of each peer. Raises SoroError when they are not installed."""
    try:
        import py3langid
        import pycld2
    except ImportError as error:
        raise SoroError(f"{error.name} is not installed; run: pip install pycld2 py3langid") from error

    def cld2(text: str) -> tuple[str, bool]:
        try:
            reliable, _, found = pycld2.detect(text, isPlainText=True)
        except pycld2.error:  # bytes it cannot read
            return "un", False
        return found[0][1], reliable and found[0][1] != "un"

    def both(text: str) -> str:
        lang, reliable = cld2(text)
        return lang if reliable else str(py3langid.classify(text)[0])

    return {
        "pycld2 + py3langid": lambda texts: [both(text) for text in texts],
        "py3langid": lambda texts: [str(py3langid.classify(text)[0]) for text in texts],
        "pycld2": lambda texts: [cld2(text)[0] for text in texts],
    }
