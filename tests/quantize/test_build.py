from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from soro.core.artifact import read_manifest, walk
from soro.core.errors import SoroError
from soro.core.files import read_json
from soro.core.recipe import Recipe
from soro.quantize import build
from soro.quantize.build import build_quantize

FORMATS = ("gguf-q4_0", "gguf-q8_0")


@pytest.fixture(scope="module")
def finished(
    tiny_model: Path, corpus: Path, recipe: Callable[..., Recipe], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("quantize") / "quantize"
    return build_quantize(recipe(*FORMATS), out, tune=tiny_model, corpus=corpus)


def test_the_manifest_holds_sizes_and_scores(finished: Path) -> None:
    manifest = read_manifest(finished, "quantize")
    assert set(manifest["files"]) == {"gguf-q4_0.gguf", "gguf-q8_0.gguf", "parity.json"}
    assert manifest["scores"] == read_json(finished / "parity.json")
    original, q4_0, q8_0 = (manifest["scores"][name] for name in ("original", *FORMATS))
    assert q4_0["num_bytes"] < q8_0["num_bytes"] < original["num_bytes"]
    assert (
        q4_0["num_bytes"]
        == (finished / "gguf-q4_0.gguf").stat().st_size
        == manifest["counts"]["num_bytes"]["gguf-q4_0"]
    )
    for row in (q4_0, q8_0):
        assert row["bpc_tgk"] == pytest.approx(original["bpc_tgk"], abs=0.2)
        assert row["parity"]["num_strings"] >= 300


@pytest.mark.parametrize("killed_in", ["write_gguf", "check_parity", "say_scores"])
def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(
    killed_in: str,
    finished: Path,
    tiny_model: Path,
    corpus: Path,
    recipe: Callable[..., Recipe],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[str] = []
    real = {name: getattr(build, name) for name in ("write_gguf", "check_parity", "say_scores")}

    def counted(name: str) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            calls.append(name)
            if name == killed_in and calls.count(name) == 2:
                raise KeyboardInterrupt
            return real[name](*arguments, **options)

        return call

    for name in real:
        monkeypatch.setattr(build, name, counted(name))
    arguments = (recipe(*FORMATS), tmp_path / "quantize")
    with pytest.raises(KeyboardInterrupt):
        build_quantize(*arguments, tune=tiny_model, corpus=corpus)
    (tmp_path / "quantize.partial" / "gguf-q8_0.gguf.candidate.tmp").write_bytes(b"half")
    build_quantize(*arguments, tune=tiny_model, corpus=corpus)
    assert calls.count("check_parity") == (3 if killed_in == "check_parity" else 2)
    names = [str(path.relative_to(finished)) for path in walk(finished)]
    assert names == [str(path.relative_to(arguments[1])) for path in walk(arguments[1])]
    for name in names:
        if name != "manifest.json":
            assert (finished / name).read_bytes() == (arguments[1] / name).read_bytes(), name


def test_another_embedding_is_another_order(
    finished: Path, tiny_model: Path, corpus: Path, recipe: Callable[..., Recipe]
) -> None:
    plain = recipe(*FORMATS)
    other = replace(plain, quantize=replace(plain.quantize, embedding="q4_0"))
    with pytest.raises(SoroError, match=r"section\.embedding: 'q8_0' -> 'q4_0'"):
        build_quantize(other, finished, tune=tiny_model, corpus=corpus)


def test_a_file_that_fails_is_not_accepted(
    tiny_model: Path, corpus: Path, recipe: Callable[..., Recipe], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SoroError("parity: no")

    monkeypatch.setattr(build, "check_parity", fail)
    with pytest.raises(SoroError, match="parity: no"):
        build_quantize(recipe("gguf-q4_0"), tmp_path / "quantize", tune=tiny_model, corpus=corpus)
    assert not (tmp_path / "quantize").exists()
    assert not (tmp_path / "quantize.partial" / "gguf-q4_0.gguf").exists()
