import os
from dataclasses import replace
from pathlib import Path

import pytest

from soro.core.artifact import read_manifest
from soro.core.errors import SoroError
from soro.core.files import read_json, sha256_of_file
from soro.release.build import release_order
from soro.release.check import check_release
from tests.release.made import Made, write_artifact, write_gguf

CARDS = {"README.md", "DATA.md", "Modelfile", "SHA256SUMS", "manifest.json", "made.gguf"}
NOTICES = {"NOTICE", "LICENSE", "GEMMA_TERMS.md", "USE_RESTRICTIONS.md", "MODIFICATIONS.md"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_release_made_from_gemma_holds_every_file(released: Path) -> None:
    assert names(released) == CARDS | NOTICES
    assert read_manifest(released, "release")["section"]["name"] == "made"


def test_a_release_made_from_random_numbers_has_no_gemma_notices(made_random: Made, tmp_path: Path) -> None:
    folder = made_random.release(tmp_path / "release")
    assert names(folder) == CARDS
    for name in ("README.md", "DATA.md", "Modelfile"):
        assert "gemma terms" not in (folder / name).read_text().lower()
    assert "license: gemma" not in (folder / "README.md").read_text()
    assert any("none needed" in line for line in check_release(folder))


def test_the_model_is_the_one_of_the_recipe_and_no_link(made: Made, released: Path) -> None:
    model = released / "made.gguf"
    assert not model.is_symlink()
    assert sha256_of_file(model) == sha256_of_file(made.folder / "quantize" / "gguf-q4_0.gguf")


def test_a_file_system_without_hard_links_gets_a_copy(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    folder = made.release(tmp_path / "release")
    assert (folder / "made.gguf").stat().st_nlink == 1
    check_release(folder)


def test_two_builds_give_the_same_bytes(made: Made, tmp_path: Path) -> None:
    one, two = made.release(tmp_path / "one"), made.release(tmp_path / "two")
    for name in names(one) - {"manifest.json"}:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name
    first, second = read_json(one / "manifest.json"), read_json(two / "manifest.json")
    assert first["files"] == second["files"]


def test_an_interrupted_build_leaves_nothing_behind(made: Made, tmp_path: Path) -> None:
    undisturbed = made.release(tmp_path / "one")

    def killed(folder: Path) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("soro.release.build.write_sums", killed)
        made.release(tmp_path / "two")
    (tmp_path / "two.partial" / "README.md.tmp").write_text("half")
    resumed = made.release(tmp_path / "two")
    assert read_json(resumed / "manifest.json")["files"] == read_json(undisturbed / "manifest.json")["files"]


def test_the_same_order_is_skipped_and_another_is_refused(made: Made, released: Path) -> None:
    before = (released / "manifest.json").stat().st_mtime_ns
    made.release(released)
    assert (released / "manifest.json").stat().st_mtime_ns == before
    other = replace(made.recipe, release=replace(made.recipe.release, context_tokens=1024))
    with pytest.raises(SoroError, match="context_tokens: 512 -> 1024"):
        Made(recipe=other, folder=made.folder).release(released)


def test_the_order_names_every_input(made: Made, tmp_path: Path) -> None:
    order = release_order(made.recipe, tmp_path / "release", **made.inputs())
    assert set(order.inputs) == {"base", "corpus", "vocab", "pretrain", "tune", "quantize", "bench"}


def test_a_model_without_chat_template_is_refused(made: Made, tmp_path: Path) -> None:
    quantize = made.folder / "quantize"
    (quantize / "manifest.json").unlink()
    write_gguf(quantize / "gguf-q4_0.gguf", template="")
    write_artifact(quantize, "quantize")
    with pytest.raises(SoroError, match="holds no chat template"):
        made.release(tmp_path / "release")


def test_a_model_without_the_mark_of_a_modified_file_is_refused(made: Made, tmp_path: Path) -> None:
    quantize = made.folder / "quantize"
    (quantize / "manifest.json").unlink()
    write_gguf(quantize / "gguf-q4_0.gguf", mark="")
    write_artifact(quantize, "quantize")
    with pytest.raises(SoroError, match=r"lacks the key soro\.modified"):
        made.release(tmp_path / "release")


def test_a_format_that_was_not_made_is_named(made: Made, tmp_path: Path) -> None:
    quantize = made.folder / "quantize"
    (quantize / "manifest.json").unlink()
    (quantize / "gguf-q4_0.gguf").unlink()
    write_artifact(quantize, "quantize")
    with pytest.raises(SoroError, match=r"holds gguf-q8_0\.gguf, not gguf-q4_0\.gguf"):
        made.release(tmp_path / "release")
