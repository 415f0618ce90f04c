"""The rules of the house that no type checker knows."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

STAGES = {"corpus", "vocab", "train", "bench", "quantize", "release", "serve"}
SHARED = {"core", "tajik", "checkpoint"}
LIGHT = ("core", "tajik", "serve")
HEAVY = {"torch", "transformers"}
TAJIK_LETTERS = re.compile("[ғӣқӯҳҷҒӢҚӮҲҶ]")


def imported_modules(path: Path) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module)
    return modules


def source_files(project: Path, package: str) -> list[Path]:
    return sorted((project / "src" / "soro" / package).rglob("*.py"))


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_imports_no_other_stage(project: Path, stage: str) -> None:
    for path in source_files(project, stage):
        for module in imported_modules(path):
            parts = module.split(".")
            if parts[0] == "soro" and len(parts) > 1:
                assert parts[1] in SHARED | {stage}, f"{path} imports {module}"


@pytest.mark.parametrize("package", LIGHT)
def test_light_packages_import_no_torch(project: Path, package: str) -> None:
    for path in source_files(project, package):
        heavy = {module.split(".")[0] for module in imported_modules(path)} & HEAVY
        assert not heavy, f"{path} imports {heavy}"
        assert not any(module.startswith("soro.checkpoint") for module in imported_modules(path)), path


def test_serving_loads_no_torch() -> None:
    code = (
        "import sys, soro.cli, soro.serve.app, soro.serve.terminal; "
        "print([m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_tajik_letters_stand_in_the_language_layer_only(project: Path) -> None:
    for path in (project / "src" / "soro").rglob("*"):
        relative = path.relative_to(project / "src" / "soro")
        if (
            path.suffix in (".py", ".js", ".html", ".css")
            and relative.parts[0] != "tajik"
            and "tasks" not in relative.parts
        ):
            assert not TAJIK_LETTERS.search(path.read_text(encoding="utf-8")), path


def test_no_module_is_longer_than_400_lines(project: Path) -> None:
    for path in (project / "src").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
