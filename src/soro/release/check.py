"""`soro release --check FOLDER`: is it whole and unchanged, does the model open, are the notices there?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from soro.core.artifact import MANIFEST
from soro.core.errors import SoroError
from soro.core.files import read_json, sha256_of_file
from soro.release.checksums import SHA256SUMS, names_of, read_sums
from soro.release.gguf_header import MODIFIED_KEY, read_gguf_header
from soro.release.notices import MODIFICATIONS, required_words

CARDS = ("README.md", "DATA.md", "Modelfile")


def check_release(folder: Path) -> list[str]:
    """Lines for people that say what was verified. Raises SoroError naming every problem found."""
    if not folder.is_dir():
        raise SoroError(f"{folder} is not a folder; name the folder of a release")
    problems: list[str] = []
    lines: list[str] = []
    manifest = attempt(problems, lambda: read_release_manifest(folder)) or {}
    sums = attempt(problems, lambda: read_sums_of(folder)) or {}
    problems += check_files(folder, manifest, sums)
    lines.append(f"files: {len(sums)} match {SHA256SUMS} and {MANIFEST}, none is missing, none is extra")
    lines += attempt(problems, lambda: check_model(folder, manifest)) or []
    if manifest:
        lines += attempt(problems, lambda: check_notices(folder, manifest)) or []
    if problems:
        listed = "".join(f"\n  {problem}" for problem in problems)
        raise SoroError(f"{folder} has {len(problems)} problems:{listed}\ncopy it again, or build it again")
    return [*lines, f"{folder} is whole and unchanged"]


def attempt(problems: list[str], step: Callable[[], Any]) -> Any:
    """The value of `step`; when it fails, None, and the reasons join `problems`."""
    try:
        return step()
    except SoroError as error:
        problems += str(error).splitlines()
        return None


def read_release_manifest(folder: Path) -> dict[str, Any]:
    if not (folder / MANIFEST).is_file():
        raise SoroError(f"{MANIFEST} is missing")
    manifest = read_json(folder / MANIFEST)
    parts = [manifest.get(key) for key in ("files", "section")] if isinstance(manifest, dict) else [None]
    if not all(isinstance(part, dict) for part in parts) or not all("sha256" in e for e in manifest["files"].values()):
        raise SoroError(f"{MANIFEST} is no manifest of Soro")
    if manifest.get("kind") != "release":
        raise SoroError(f"{MANIFEST} is of kind {manifest.get('kind')!r}, must be 'release'")
    return dict(manifest)


def read_sums_of(folder: Path) -> dict[str, str]:
    if not (folder / SHA256SUMS).is_file():
        raise SoroError(f"{SHA256SUMS} is missing")
    return read_sums(folder / SHA256SUMS)


def check_files(folder: Path, manifest: dict[str, Any], sums: dict[str, str]) -> list[str]:
    """Each file hashed once and held against both lists; one sentence for each that is missing, changed or extra."""
    listed = {name: entry["sha256"] for name, entry in manifest.get("files", {}).items()}
    present = names_of(folder)
    problems = [f"{name} is missing" for name in sorted({*sums, *listed, *CARDS} - {*present, MANIFEST, SHA256SUMS})]
    for name in present:
        if name == MANIFEST:
            continue
        if (folder / name).is_symlink():
            problems.append(f"{name} is a link, must be a file")
            continue
        known = {hashes[name] for hashes in (sums, listed) if name in hashes}
        if not known:
            problems.append(f"{name} is extra: neither list names it")
        elif known != {found := sha256_of_file(folder / name)}:
            wanted = " or ".join(sorted(known - {found}))
            problems.append(f"{name} was changed: its sha256 is {found}, listed is {wanted}")
        elif manifest and name not in listed:
            problems.append(f"{name} is not in {MANIFEST}")
        elif sums and name not in sums and name != SHA256SUMS:
            problems.append(f"{name} is not in {SHA256SUMS}")
    return problems


def check_model(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """The GGUF opens, is complete, and carries a chat template and, made from Gemma, the mark of a modified file."""
    models = [name for name in names_of(folder) if name.endswith(".gguf")]
    if len(models) != 1:
        raise SoroError(f"the folder holds {len(models)} .gguf files ({', '.join(models) or 'none'}), must hold one")
    header = read_gguf_header(folder / models[0])
    problems = []
    if not header.chat_template:
        problems.append(f"{models[0]} holds no chat template")
    if is_from_gemma(manifest) and not header.modified:
        problems.append(f"{models[0]} lacks the key {MODIFIED_KEY}, the mark of a modified file")
    if problems:
        raise SoroError("\n".join(problems))
    size_mb = (folder / models[0]).stat().st_size / 1e6
    shape = f"{header.architecture}, {header.num_tensors} tensors, {header.num_parameters:,} parameters"
    return [f"model: {models[0]}, {size_mb:,.1f} MB, {shape}, with a chat template"]


def is_from_gemma(manifest: dict[str, Any]) -> bool:
    """What the manifest says; True in doubt."""
    return manifest.get("section", {}).get("derived_from_gemma", True) is not False


def check_notices(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """Every notice there, holding the words it must hold; NOTICE and the terms hold nothing else."""
    if not is_from_gemma(manifest):
        return ["notices: none needed, the model is not made from Gemma"]
    problems = []
    for name, words in required_words().items():
        found = read_text(folder / name)
        whole = name in ("NOTICE", "GEMMA_TERMS.md")
        if found is None:
            problems.append(f"{name} is missing; the Gemma Terms ask for it")
        elif found != words if whole else words not in found:
            problems.append(f"{name} does not hold the words that the Gemma Terms ask for")
    marks = read_text(folder / MODIFICATIONS)
    models = [name for name in names_of(folder) if name.endswith(".gguf")]
    if marks is None:
        problems.append(f"{MODIFICATIONS} is missing; the Gemma Terms ask for it")
    elif not all(name in marks for name in models):
        problems.append(f"{MODIFICATIONS} does not name the model file")
    if problems:
        raise SoroError("\n".join(problems))
    return [f"notices: {', '.join(required_words())} and {MODIFICATIONS} hold the words they must hold"]


def read_text(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else None
