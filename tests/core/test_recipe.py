from pathlib import Path

import pytest

from soro.core.errors import SoroError
from soro.core.recipe import load_recipe

# the others there name only the text behind word counts and small models
RECIPES = sorted(
    path.name
    for path in (Path(__file__).parents[2] / "recipes").glob("*.toml")
    if "[base]" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", RECIPES)
def test_every_shipped_recipe_loads(project: Path, name: str) -> None:
    assert load_recipe(project / "recipes" / name).name == name.removesuffix(".toml")


def changed(project: Path, tmp_path: Path, old: str, new: str, name: str = "tiny.toml") -> Path:
    text = (project / "recipes" / name).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seed = 7", "sede = 7", r"recipe tiny.toml: sede is not a key; known are name, seed"),
        ("seq_len = 128", "seq_len = 130", r"pretrain.seq_len is 130, must divide by 64; use 128"),
        ("seq_len = 128", 'seq_len = "long"', r"pretrain.seq_len is 'long', must be of type int"),
        ("num_rows = 2048", "num_rows = 2000", r"vocab.num_rows is 2000, must divide by 64; use 2048"),
        ('source = "random"', 'source = "pypi"', r"base.package is missing; source = 'pypi' needs it"),
        ('source = "random"', 'source = "cloud"', r"base.source is 'cloud', must be one of"),
        ('gguf = "gguf-q4_0"', 'gguf = "fp8"', r"release.gguf is 'fp8', must be one of"),
        ("num_tokens = 20_480", "num_tokens = 100", r"pretrain.num_tokens is 100, below one step of 1024"),
        ("batch_size = 8", "batch_size = 0", r"pretrain.batch_size is 0, must be at least 1"),
        ("eval_every_steps = 10", "eval_every_steps = 0", r"pretrain.eval_every_steps is 0, must be at least 1"),
        ("checkpoint_every_steps = 5", "checkpoint_every_steps = -5", r"pretrain.checkpoint_every_steps is -5"),
        ("seq_len = 128", "seq_len = 0", r"pretrain.seq_len is 0, must be at least 1"),
        ("num_rows = 2048", "num_rows = 0", r"vocab.num_rows is 0, must divide by 64; use 64"),
        ("num_epochs = 1", "num_epochs = 0", r"tune.num_epochs is 0.0, must be above 0"),
        ("calibration_seq_len = 128", "calibration_seq_len = 1", r"quantize.calibration_seq_len is 1"),
        ("replay_fraction = 0.0", "replay_fraction = 1.0", r"pretrain.replay_fraction is 1.0"),
        ('dialogues = ["dialogues/soro.jsonl"]', "dialogues = []", r"tune.dialogues is empty"),
        ("fraction = 0.3", "fraction = 1.0", r"tune.text.fraction is 1.0, must be at least 0 and below 1"),
        ("fraction = 0.3", "fraction = 0.3, replay_fraction = -0.1", r"tune.text.replay_fraction is -0.1"),
        (
            "fraction = 0.3",
            "fraction = 0.3, num_epochs = { poems = 1 }",
            r"tune.text.num_epochs.poems names no source of the corpus; known are \['lessons'\]",
        ),
        ("[bench]", "lr_embedding_factor = -1\n[bench]", r"tune.lr_embedding_factor is -1.0"),
        ("heldout_fraction = 0.1", "heldout_fraction = 0.9", r"corpus.heldout_fraction is 0.9"),
        (
            "[vocab]",
            "[corpus.filters]\nmax_list_share = 2\n[vocab]",
            r"corpus.filters.max_list_share is 2.0, must lie between",
        ),
        (
            "[vocab]",
            "[corpus.filters]\nmax_line_documents = 0\n[vocab]",
            r"max_line_documents is 0, must lie between 1 and 250",
        ),
        ("heldout_fraction = 0.1", "benchmark_share = 0.0", r"corpus.benchmark_share is 0.0, must be above 0"),
        ("heldout_fraction = 0.1", "benchmark_run_words = 9", r"corpus.benchmark_run_words is 9, must be one of 8, 13"),
        ("lr_peak = 1e-3", "lr_peak = -1.0", r"pretrain.lr_peak is -1.0, must be above 0"),
        ("title = ", "titel = ", r"release.titel is not a key"),
        ('name = "tiny"', "", r"name is missing; add it to the recipe"),
        ('models = ["base", "tune"]', 'models = ["best"]', r"bench.models holds 'best'"),
    ],
)
def test_a_bad_recipe_names_key_value_and_remedy(
    project: Path, tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(SoroError, match=message):
        load_recipe(changed(project, tmp_path, old, new))


def test_text_that_may_not_ship_is_refused(project: Path, tmp_path: Path) -> None:
    path = changed(project, tmp_path, 'tier = "A"', 'tier = "C"', name="soro-270m.toml")
    with pytest.raises(SoroError, match="is of tier C, which may not train shipped weights"):
        load_recipe(path)


def test_an_epoch_of_an_unknown_source_is_refused(project: Path, tmp_path: Path) -> None:
    path = changed(project, tmp_path, "num_epochs = { lessons", "num_epochs = { lesons", name="soro-270m.toml")
    with pytest.raises(SoroError, match=r"pretrain\.num_epochs\.lesons names no source"):
        load_recipe(path)


@pytest.mark.parametrize(
    ("raw", "message"), [(b"name = ", "not valid TOML"), (b"\xff\xfe", "is not UTF-8"), (None, "is not there")]
)
def test_a_file_that_is_no_recipe(tmp_path: Path, raw: bytes | None, message: str) -> None:
    path = tmp_path / "bad.toml"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(SoroError, match=message):
        load_recipe(path)
