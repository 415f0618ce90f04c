from pathlib import Path

import pytest

from soro.core.errors import SoroError
from soro.serve.model_file import find_model, read_model_file


def test_reads_what_the_file_says(tiny_gguf: Path) -> None:
    model = read_model_file(tiny_gguf)
    assert model.architecture == "gemma3"
    assert model.num_trained_tokens > 0
    assert "<start_of_turn>" in model.chat_template
    assert {"<bos>", "<start_of_turn>", "<end_of_turn>"} <= set(model.control_tokens)


def test_a_folder_gives_its_only_model(tiny_gguf: Path, tmp_path: Path) -> None:
    with pytest.raises(SoroError, match=r"holds no \.gguf file"):
        find_model(tmp_path)
    (tmp_path / "a.gguf").symlink_to(tiny_gguf)
    assert find_model(tmp_path) == tmp_path / "a.gguf"
    (tmp_path / "b.gguf").symlink_to(tiny_gguf)
    with pytest.raises(SoroError, match=r"holds 2 \.gguf files \(a\.gguf, b\.gguf\)"):
        find_model(tmp_path)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(SoroError, match="nowhere is not there"):
        find_model(tmp_path / "nowhere")


@pytest.mark.parametrize("num_bytes", [8, 40, 1000, -1])
def test_a_cut_file_is_refused(tiny_gguf: Path, tmp_path: Path, num_bytes: int) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(tiny_gguf.read_bytes()[:num_bytes])
    with pytest.raises(SoroError, match="cut short or damaged"):
        read_model_file(cut)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "model.gguf"
    other.write_bytes(b"PK\x03\x04 this is a zip")
    with pytest.raises(SoroError, match="not a GGUF file"):
        read_model_file(other)
    other.write_bytes(b"")
    with pytest.raises(SoroError, match="not a GGUF file"):
        read_model_file(other)
