import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from soro.core.errors import SoroError
from soro.core.files import read_json, sha256_of_file, write_json
from soro.release.check import check_release
from soro.release.checksums import write_sums
from tests.release.made import Made, made_recipe, make, write_gguf


def seal(folder: Path) -> None:
    """Write both lists anew, as one would who changes a release and hides it."""
    write_sums(folder)
    manifest = read_json(folder / "manifest.json")
    for name in list(manifest["files"]):
        file = folder / name
        if file.exists():
            manifest["files"][name] = {"bytes": file.stat().st_size, "sha256": sha256_of_file(file)}
        else:
            del manifest["files"][name]
    write_json(folder / "manifest.json", manifest)


def change(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes() + b"x")


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def replace_model(**marks: str) -> Callable[[Path], None]:
    return lambda folder: (write_gguf(folder / "new", **marks).replace(folder / "made.gguf"), None)[1]


def link(folder: Path) -> None:
    (folder / "README.md").rename(folder.parent / "elsewhere.md")
    (folder / "README.md").symlink_to(folder.parent / "elsewhere.md")


def cut_model(folder: Path) -> None:
    whole = (folder / "made.gguf").read_bytes()
    (folder / "made.gguf").unlink()  # it may be a hard link
    (folder / "made.gguf").write_bytes(whole[:-32])


def no_gguf(folder: Path) -> None:
    (folder / "made.gguf").unlink()
    (folder / "made.gguf").write_bytes(b"PK\x03\x04" * 20)


def swap_words(name: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text((folder / name).read_text().replace(old, new)) and None


def test_a_sound_release_says_what_was_verified(released: Path) -> None:
    text = "\n".join(check_release(released))
    assert "9 match SHA256SUMS and manifest.json" in text
    assert "made.gguf" in text and "2 tensors, 96 parameters, with a chat template" in text
    assert "NOTICE, GEMMA_TERMS.md, USE_RESTRICTIONS.md, LICENSE and MODIFICATIONS.md" in text


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (change("README.md"), "README.md was changed"),
        (change("made.gguf"), "made.gguf was changed"),
        (change("NOTICE"), "NOTICE does not hold the words"),
        (remove("DATA.md"), "DATA.md is missing"),
        (remove("made.gguf"), "holds 0 .gguf files (none), must hold one"),
        (remove("MODIFICATIONS.md"), "MODIFICATIONS.md is missing; the Gemma Terms ask for it"),
        (remove("SHA256SUMS"), "SHA256SUMS is missing"),
        (remove("manifest.json"), "manifest.json is missing"),
        (lambda folder: (folder / "virus.exe").write_text("x"), "virus.exe is extra"),
        (lambda folder: (folder / "SHA256SUMS").write_text("hello\n"), "SHA256SUMS, line 1: not of the form"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "manifest.json is not valid JSON"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "manifest.json is no manifest of Soro"),
        (lambda folder: write_json(folder / "manifest.json", {"kind": "tune", "files": {}, "section": {}}), "'tune'"),
        (lambda folder: write_gguf(folder / "second.gguf"), "holds 2 .gguf files (made.gguf, second.gguf)"),
        (link, "README.md is a link"),
    ],
)
def test_what_is_wrong_is_named(released: Path, tamper: Callable[[Path], None], problem: str) -> None:
    tamper(released)
    with pytest.raises(SoroError) as caught:
        check_release(released)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (cut_model, "is not a whole GGUF file"),
        (no_gguf, "is not a whole GGUF file"),
        (replace_model(template=""), "made.gguf holds no chat template"),
        (replace_model(mark=""), "made.gguf lacks the key soro.modified"),
        (remove("GEMMA_TERMS.md"), "GEMMA_TERMS.md is missing; the Gemma Terms ask for it"),
        (remove("README.md"), "README.md is missing"),
        (change("GEMMA_TERMS.md"), "GEMMA_TERMS.md does not hold the words"),
        (swap_words("USE_RESTRICTIONS.md", "must not", "may"), "USE_RESTRICTIONS.md does not hold the words"),
        (swap_words("LICENSE", "Gemma", "Apache"), "LICENSE does not hold the words"),
        (swap_words("MODIFICATIONS.md", "made.gguf", "other"), "MODIFICATIONS.md does not name the model file"),
    ],
)
def test_new_checksums_do_not_hide_it(released: Path, tamper: Callable[[Path], None], problem: str) -> None:
    tamper(released)
    seal(released)
    with pytest.raises(SoroError) as caught:
        check_release(released)
    assert problem in str(caught.value)
    assert "1 problems" in str(caught.value)


def test_a_file_in_one_list_only_is_named(released: Path) -> None:
    sums = (released / "SHA256SUMS").read_text().splitlines(keepends=True)
    (released / "SHA256SUMS").write_text("".join(line for line in sums if "DATA.md" not in line))
    with pytest.raises(SoroError, match=r"DATA\.md is not in SHA256SUMS"):
        check_release(released)


def test_every_problem_is_named_at_once(released: Path) -> None:
    change("README.md")(released)
    remove("NOTICE")(released)
    (released / "more.txt").write_text("x")
    with pytest.raises(SoroError) as caught:
        check_release(released)
    for problem in ("README.md was changed", "NOTICE is missing", "more.txt is extra"):
        assert problem in str(caught.value)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SoroError, match="is not a folder"):
        check_release(tmp_path / "nowhere")


def test_sha256sum_reads_the_list(released: Path) -> None:
    done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=released, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == 9


def test_checking_needs_no_torch(released: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from soro.release.check import check_release; "
        f"check_release(Path({str(released)!r})); sys.exit(bool({{'torch', 'transformers', 'pyarrow'}} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_real_gguf_is_read(tiny_gguf: Path, tmp_path: Path) -> None:
    made: Made = make(tmp_path / "build", made_recipe())
    target = made.folder / "quantize" / "gguf-q4_0.gguf"
    target.write_bytes(tiny_gguf.read_bytes())
    manifest = read_json(made.folder / "quantize" / "manifest.json")
    manifest["files"]["gguf-q4_0.gguf"] = {"bytes": target.stat().st_size, "sha256": sha256_of_file(target)}
    write_json(made.folder / "quantize" / "manifest.json", manifest)
    assert "gemma3" in "\n".join(check_release(made.release(tmp_path / "release")))
