"""The tables behind `languages.py`: evidence of n-grams for each language of a script, and the file that holds them."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from soro.core.errors import SoroError
from soro.tajik.ngrams import MAX_ORDER, ngram_rows

TABLES_PATH = Path(__file__).with_name("languages.npz")
LENGTH_DAMPING = 1 / 3  # the n-grams of a long word overlap: they are not that many witnesses

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ScriptTable:
    """The languages told apart in one script, and their evidence: one line for each row of `ngram_rows`, one column a
    language, in steps of `step` nats. A sum z over n words is made a probability by way of z T / n^P + log prior."""

    script: str
    langs: tuple[str, ...]
    table: npt.NDArray[np.int16]  # -127 to 127: int16 adds faster than int8, which the file holds
    step: float
    prior: tuple[float, ...]  # how much likelier a language is met than one with 1
    temperature: float = 1.0
    power: float = 0.0

    def logits(self, evidence: Floats, num_words: npt.NDArray[np.int64]) -> Floats:
        """Logarithms of the odds of the languages from summed evidence (lines x languages) over so many words."""
        damped = evidence * np.float32(self.temperature) / num_words[:, None] ** np.float32(self.power)
        logits: Floats = (damped + np.log(self.prior)).astype(np.float32)
        return logits

    def evidence(self, words: Sequence[str]) -> Floats:
        """Evidence of each word (lower-case, not empty) for each language, in nats."""
        rows, starts = ngram_rows(words, len(self.table))
        positions = self.table[rows[:, 0]]
        for order in range(1, MAX_ORDER):
            positions += self.table[rows[:, order]]
        positions[starts] += self.table[rows[starts, MAX_ORDER]]
        lengths = np.array([len(word) for word in words], dtype=np.float32)
        sums = np.add.reduceat(positions, starts, axis=0, dtype=np.int32)
        scaled: Floats = (sums * np.float32(self.step) / lengths[:, None] ** np.float32(LENGTH_DAMPING)).astype(
            np.float32
        )
        return scaled


def save_tables(path: Path, tables: Sequence[ScriptTable]) -> None:
    """Write tables as one compressed .npz."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for table in tables:
        arrays[f"{table.script}-langs"] = np.array(table.langs)
        arrays[f"{table.script}-scale"] = np.array([table.step, table.temperature, table.power])
        arrays[f"{table.script}-prior"] = np.array(table.prior)
        arrays[f"{table.script}-table"] = table.table.astype(np.int8)
    np.savez_compressed(path, allow_pickle=False, **arrays)  # type: ignore[arg-type]


def load_tables(path: Path = TABLES_PATH) -> list[ScriptTable]:
    """The tables of a file, by default those that ship with the package. Raises SoroError when its file is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return [table_of(stored, name.removesuffix("-table")) for name in stored.files if name.endswith("-table")]
    except FileNotFoundError as error:
        raise SoroError(
            f"the table of languages {path} is not there; install soro again, or make it with benchmarks/identify_learn.py"
        ) from error
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise SoroError(f"{path} is not a table of languages ({error}); install soro again") from error


def table_of(stored: Mapping[str, npt.NDArray[np.generic]], script: str) -> ScriptTable:
    step, temperature, power = map(float, stored[f"{script}-scale"])
    langs = tuple(map(str, stored[f"{script}-langs"]))
    prior = tuple(map(float, stored[f"{script}-prior"]))
    table = stored[f"{script}-table"].astype(np.int16)
    return ScriptTable(script, langs, table, step, prior, temperature, power)
