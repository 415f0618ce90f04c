from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from soro.core.errors import SoroError
from tests.release.made import BENCH, Made, score

Remake = Callable[..., Path]


@pytest.fixture
def card(released: Path) -> str:
    return (released / "README.md").read_text(encoding="utf-8")


def row_of(card: str, start: str) -> list[str]:
    line = next(line for line in card.splitlines() if line.startswith(f"| {start}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_front_matter_is_what_hugging_face_reads(card: str) -> None:
    front = yaml.safe_load(card.split("---\n")[1])
    assert front["license"] == "gemma"
    assert front["language"] == ["tg", "en"]
    assert front["base_model"] == "google/gemma-3-270m"
    assert {"gguf", "gemma3"} <= set(front["tags"])


def test_every_step_has_its_measured_row(card: str) -> None:
    assert row_of(card, "base: ")[1:] == [
        "2.570 (2.520 to 2.620)",
        "0.900 (0.850 to 0.950)",
        "25.0 % (20.0 % to 30.0 %)",
    ]
    assert row_of(card, "vocab: ")[1].startswith("3.130")
    assert row_of(card, "pretrain: ")[1].startswith("1.980")
    assert row_of(card, "tune: ")[1].startswith("1.900")
    assert row_of(card, "gguf-q4_0: this file")[1:] == ["1.943", "—", "—"]


def test_formats_and_words_have_their_tables(card: str) -> None:
    assert row_of(card, "before quantization") == ["before quantization", "266.0 MB", "1.877"]
    assert row_of(card, "gguf-q4_0 ") == ["gguf-q4_0", "77.0 MB", "1.943"]
    assert row_of(card, "Tajik | 2") == ["Tajik", "2.76", "1.78", "-35 %"]
    assert row_of(card, "English | 1.") == ["English", "1.35", "1.56", "+16 %"]


def test_the_check_of_the_file_is_told_with_its_counts(card: str) -> None:
    assert "312 strings, and the same chat prompt on 4 conversations" in card


def test_what_got_worse_is_said(card: str) -> None:
    worse = card.split("Steps that made a number worse:")[1].split("##")[0]
    assert "vocab, bits per character, Tajik: 2.570 before, 3.130 after: worse\n" in worse
    assert "vocab, bits per character, English: 0.900 before, 0.910 after: worse, but the intervals meet" in worse
    assert "vocab, SIB-200 Tajik, topic of a sentence: 25.0 % before, 20.0 % after: worse" in worse
    assert "vocab, tokens per word, English: 1.35 before, 1.56 after: worse" in worse
    assert "gguf-q4_0, bits per character, Tajik: 1.877 before, 1.943 after: worse" in worse
    assert "pretrain, bits per character, Tajik" not in worse
    assert "bits per character, English: 0.900 before, 1.100 after: worse\n" in card
    assert "bits per character, Tajik: 2.570 before, 1.900 after: better\n" in card


def test_another_selection_of_text_is_said_where_the_numbers_show_it(card: str, remake: Remake) -> None:
    assert "another selection of the held-out text" in card
    assert "in bits per character: Tajik 1.877" in card
    same = {"original": {"bpc_tgk": 1.9}, "gguf-q4_0": {"bpc_tgk": 1.95, "num_bytes": 1}}
    assert "another selection" not in (remake("same", quantize=same) / "README.md").read_text()


def test_numbers_that_were_not_measured_are_left_out(remake: Remake) -> None:
    """Only what the manifests hold may stand in the card."""
    card = (remake("few", bench={"tune": {"bpc_tgk": score(1.9)}}, quantize={}) / "README.md").read_text()
    assert "| tune: trained on dialogues | 1.900 (1.850 to 1.950) |" in card
    assert "base: the checkpoint" not in card
    assert "SIB-200" not in card
    assert "this file |" not in card


def test_no_step_that_made_worse_is_said_too(remake: Remake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.release.made.WORDS", {"tgk": {"before": 2.7, "after": 1.7}})
    bench = {"base": BENCH["base"], "tune": {"bpc_tgk": score(1.9)}}
    card = (
        remake("good", bench=bench, quantize={"gguf-q4_0": {"bpc_tgk": 1.9, "num_bytes": 1}}) / "README.md"
    ).read_text()
    assert "No measured step made a number worse." in card


def test_counts_come_from_the_manifests(card: str) -> None:
    assert "262,144 rows became 49,152; 13,432 of them are new" in card
    assert "Pretraining continued on 1,597,440 tokens" in card
    assert "460 written and 1,000 generated dialogues" in card
    assert "0.0 million parameters (268.1 million before the vocabulary was changed)" in card  # the made GGUF holds 96
    assert row_of(card, "Tajik | 1") == ["Tajik", "1", "133", "42,072"]
    assert "passages of 256 tokens and dialogues of at most 384" in card
    assert "arc_easy was not run: no data root is given." in card
    assert "Items: bpc_tgk 40, bpc_eng 40, sib200_tgk 40." in card


def test_the_card_warns(card: str) -> None:
    assert "errs often" in card
    assert "no native speaker has reviewed them yet" in card
    assert "not made, reviewed, sponsored or endorsed by Google" in card
    assert "Gemma is provided under and subject to the Gemma Terms of Use" in card


def test_the_commands_name_the_file(card: str) -> None:
    sampling = "--temp 0.3 --top-p 0.9 --repeat-penalty 1.0 --dry-multiplier 0.8 --dry-allowed-length 4"
    assert f"`llama-cli -m made.gguf --jinja -c 512 {sampling}`" in card
    assert "`ollama create made -f Modelfile`" in card


def test_an_unfinished_bench_is_refused(made: Made, tmp_path: Path) -> None:
    (made.folder / "bench" / "manifest.json").unlink()
    with pytest.raises(SoroError, match="bench"):
        made.release(tmp_path / "release")
