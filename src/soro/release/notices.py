"""What the Gemma Terms of Use ask of everyone who passes on a model made from Gemma (their section 3.1).

texts/GEMMA_TERMS.txt holds the wording of https://ai.google.dev/gemma/terms, last modified March 24, 2025, as seen in
February 2026: the page's text with its lists and addresses, without its layout.
"""

from pathlib import Path

from soro.release.facts import Facts

TEXTS = Path(__file__).parent / "texts"
NOTICE = "Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms"
MODIFICATIONS = "MODIFICATIONS.md"
TERMS_URL = "https://ai.google.dev/gemma/terms"
POLICY_URL = "https://ai.google.dev/gemma/prohibited_use_policy"


def gemma_terms() -> str:
    return (TEXTS / "GEMMA_TERMS.txt").read_text(encoding="utf-8")


def section_of_terms(title: str, next_title: str) -> str:
    """The words of one section of the terms, its heading left out."""
    terms = gemma_terms()
    return terms[terms.index(f"\n{title}\n") + len(title) + 2 : terms.index(f"\n{next_title}\n")].strip()


def licence() -> str:
    return f"""# Licence of the model

{NOTICE}

The model file in this folder is a Model Derivative of Gemma in the words of those terms. It is licensed to you under
the Gemma Terms of Use, of which a full copy is in GEMMA_TERMS.md (last modified March 24, 2025). Whoever uses,
changes or passes on the file accepts those terms. No further terms are added.

The use restrictions of section 3.2 of the terms, printed in USE_RESTRICTIONS.md, are a part of this licence and can be
enforced. Whoever passes the files on must bind the next user to them, hand over GEMMA_TERMS.md and NOTICE, and mark the
files that they change, as MODIFICATIONS.md does here.

THE MODEL AND ITS OUTPUT ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND; see sections 4.3 and 4.4 of the terms.

This model is not made, reviewed, sponsored or endorsed by Google. The name Gemma stands here only to say what the model
was made from; no right to a trademark is given.
"""


def quoted_restrictions() -> str:
    section = section_of_terms("3.2 Use Restrictions", "3.3 Generated Output")
    return "\n".join(f"> {line}".rstrip() for line in section.splitlines())


def use_restrictions() -> str:
    return f"""# Use restrictions

These restrictions bind everyone who uses this model or passes it on. They are an enforceable provision of its licence
(see LICENSE). They are section 3.2 of the Gemma Terms of Use ({TERMS_URL}):

{quoted_restrictions()}

The Gemma Prohibited Use Policy is found at {POLICY_URL}.
Read it before you offer the model to others. Whoever passes the model on, or offers it as a service, must make these
restrictions binding for the next user too and say that they apply.
"""


def fixed_notices() -> dict[str, str]:
    """The notices whose words do not depend on the model, by name."""
    return {
        "NOTICE": NOTICE + "\n",
        "GEMMA_TERMS.md": gemma_terms(),
        "USE_RESTRICTIONS.md": use_restrictions(),
        "LICENSE": licence(),
    }


def required_words() -> dict[str, str]:
    """What each notice must hold in the end, word for word. NOTICE and the terms hold nothing else."""
    return {
        "NOTICE": NOTICE + "\n",
        "GEMMA_TERMS.md": gemma_terms(),
        "USE_RESTRICTIONS.md": quoted_restrictions(),
        "LICENSE": NOTICE,
    }


def changes(facts: Facts) -> list[str]:
    """What was done to the base model, one sentence a step, as far as the manifests tell."""
    rows, base_rows = facts.count("vocab", "num_rows"), facts.count("vocab", "num_rows_base")
    learned, tokens = facts.count("vocab", "num_pieces_learned"), facts.count("pretrain", "num_tokens")
    written, generated = facts.count("tune", "num_dialogues_written"), facts.count("tune", "num_dialogues_generated")
    lines = []
    if rows and base_rows:
        new = f"; {learned:,} of them are new" if learned else ""
        lines.append(f"Vocabulary changed: {base_rows:,} rows became {rows:,}{new}; the embedding was made to match.")
    if tokens:
        lines.append(f"Pretraining continued on {tokens:,} tokens; all weights changed.")
    if written is not None or generated is not None:
        numbers = f"{written or 0:,} written and {generated or 0:,} generated dialogues"
        lines.append(f"Tuned on {numbers}; all weights changed.")
    lines.append(f"Quantized and written as GGUF ({facts.recipe.release.gguf}), with a chat template added.")
    return lines


def modifications(facts: Facts) -> str:
    """The prominent mark on the changed file, beside the one inside it."""
    base = facts.base_model or "Gemma 3"
    steps = "\n".join(f"{number}. {line}" for number, line in enumerate(changes(facts), 1))
    return f"""# THE MODEL FILE IN THIS FOLDER WAS MODIFIED

`{facts.gguf_name}` is not a file of {base} as its makers published it. The Soro project modified it.

Made from: {base}, taken from {facts.base_origin}.

What was changed:

{steps}

The file carries the same mark in its metadata, key `soro.modified`: "{facts.header.modified}"

`README.md`, `DATA.md`, `Modelfile`, `LICENSE`, `USE_RESTRICTIONS.md`, this file, `SHA256SUMS` and `manifest.json` are
the Soro project's own. `GEMMA_TERMS.md` and `NOTICE` hold Google's words unchanged.
"""
