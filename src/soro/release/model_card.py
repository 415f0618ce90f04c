"""README.md of a release: the model card, with the front matter that Hugging Face reads."""

from soro.core.recipe import Recipe
from soro.release.facts import LANGUAGES, Facts, language
from soro.release.measures import (
    formats_table,
    overall,
    shown,
    steps_table,
    steps_that_made_worse,
    table,
    words_table,
)
from soro.release.modelfile import DRY_ALLOWED_LENGTH, DRY_MULTIPLIER, REPEAT_PENALTY, TEMPERATURE, TOP_P
from soro.release.notices import NOTICE, changes


def model_card(facts: Facts) -> str:
    sections = [
        what_it_is(facts),
        how_to_run(facts),
        measured(facts),
        what_got_worse(facts),
        training_data(facts),
        limits(facts),
        intended_use(),
        licence_section(facts),
    ]
    return front_matter(facts) + "".join(sections)


def bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def languages(recipe: Recipe) -> list[str]:
    """Two-letter codes: the model's own language, then English where its text was trained on."""
    own = LANGUAGES.get(recipe.language, (recipe.language, ""))[0]
    has_english = any(source.lang == "eng" for source in recipe.corpus.sources)
    return [own, *(["en"] if has_english and own != "en" else [])]


def front_matter(facts: Facts) -> str:
    gemma = facts.recipe.release.derived_from_gemma
    lines = ["license: gemma"] if gemma else ["license: other", "license_name: see-data-card", "license_link: DATA.md"]
    lines += ["language:", *[f"- {code}" for code in languages(facts.recipe)]]
    if gemma and facts.base_model:
        lines += [f"base_model: {facts.base_model}", "base_model_relation: finetune"]
    tags = ["gguf", "gemma3", "llama.cpp", "ollama", "tajik", "education", "conversational"]
    lines += ["pipeline_tag: text-generation", "tags:", *[f"- {tag}" for tag in tags]]
    return "\n".join(["---", *lines, "---", ""])


def what_it_is(facts: Facts) -> str:
    recipe, header = facts.recipe, facts.header
    parameters = f"{header.num_parameters / 1e6:,.1f} million parameters"
    base_parameters = facts.count("base", "num_parameters")
    if base_parameters and base_parameters != header.num_parameters:
        parameters += f" ({base_parameters / 1e6:,.1f} million before the vocabulary was changed)"
    base = facts.base_model or facts.base_origin
    rows = [
        ["file", f"`{facts.gguf_name}`, {facts.gguf_bytes / 1e6:,.1f} MB, {recipe.release.gguf}"],
        ["size", parameters],
        ["context", f"{recipe.release.context_tokens:,} tokens"],
    ]
    return f"""
# {recipe.release.title}

A small language model that answers in {language(recipe.language)} and runs without the internet on an ordinary
computer. It was made from {base}. It is for schools (pupils, teachers, the technician who installs it) and for people
who build programs that need {language(recipe.language)}.

{table(["", "value"], rows, num_text_columns=2)}

What was done to the base model:

{bullets(changes(facts))}
"""


def how_to_run(facts: Facts) -> str:
    name, context = facts.gguf_name, facts.recipe.release.context_tokens
    sampling = f"--temp {TEMPERATURE} --top-p {TOP_P} --repeat-penalty {REPEAT_PENALTY}"
    sampling += f" --dry-multiplier {DRY_MULTIPLIER} --dry-allowed-length {DRY_ALLOWED_LENGTH}"
    return f"""
## How to run it

Inside this folder:

| program | command |
| --- | --- |
| Soro, chat page and OpenAI-compatible API | `soro serve .` |
| Soro, in the terminal | `soro chat .` |
| llama.cpp, in the terminal | `llama-cli -m {name} --jinja -c {context} {sampling}` |
| llama.cpp, API | `llama-server -m {name} --jinja -c {context} {sampling}` |
| Ollama | `ollama create {facts.recipe.name} -f Modelfile`, then `ollama run {facts.recipe.name}` |
| LM Studio | `lms import {name}`, then choose it in the list of models |

The project tests the file with Soro's own engine, which is llama.cpp. The lines for Ollama and LM Studio follow their
manuals and have not been tried by the project. The tokenizer in the file is of llama.cpp's kind
`{facts.header.tokenizer}`: a program whose llama.cpp does not know that kind cannot open it and must be updated.

`soro release --check .` or `sha256sum -c SHA256SUMS` verifies the folder after a copy.
"""


def measured(facts: Facts) -> str:
    text = f"""
## What was measured

↓ means lower is better, ↑ higher. Numbers in brackets are 95 % intervals; — was not measured. Bits per character
are those of held-out text: documents that were kept out of the training.

{steps_table(facts)}

The row "base" is the checkpoint as this project had it: {facts.base_origin}.
{bench_notes(facts)}{same_text_note(facts)}
Every format that was made, on one and the same held-out text:

{formats_table(facts)}
{parity_note(facts)}"""
    if facts.tokens_per_word:
        text += "\nTokens per word of held-out text, before and after the vocabulary was changed:\n"
        text += f"\n{words_table(facts)}\n"
    return text


def parity_note(facts: Facts) -> str:
    """What the released file was checked for before it was accepted."""
    parity = facts.parity
    if not {"num_strings", "num_prompts"} <= set(parity):
        return ""
    return f"""
Before the file was accepted, llama.cpp gave the same token ids as the checkpoint's own tokenizer on
{parity["num_strings"]:,} strings, and the same chat prompt on {parity["num_prompts"]:,} conversations.
"""


def bench_notes(facts: Facts) -> str:
    """How many items each task has, and which tasks were not run and why."""
    bench = facts.manifests["bench"]
    last = list(bench["scores"].values())[-1:] or [{}]
    items = [f"{task} {row['num_items']:,}" for task, row in last[0].items() if "num_items" in row]
    lines = [f"Items: {', '.join(items)}."] if items else []
    limit = bench["section"].get("limit", 0)
    lines += [f"Only the first {limit:,} items of each task were taken."] if limit else []
    lines += [f"{task} was not run: {reason}." for task, reason in bench["counts"].get("not_run", {}).items()]
    return "".join(f"{line}\n" for line in lines)


def same_text_note(facts: Facts) -> str:
    """Says that the last row was measured on other text than the rows above, where the numbers show that it was."""
    name, tasks = facts.recipe.release.gguf, ("bpc_tgk", "bpc_eng", "bpc_rus")
    tuned, original = facts.steps.get("tune", {}), facts.formats.get("original", {})
    released = facts.formats.get(name, {})
    shared = [task for task in tasks if task in tuned and task in released and task in original]
    others = [task for task in shared if round(original[task], 3) != round(tuned[task].value, 3)]
    if not others:
        return ""
    values = ", ".join(f"{language(t.removeprefix('bpc_'))} {shown(t, original[t])}" for t in others)
    return f"""
The row {name} comes from another selection of the held-out text than the rows above it. On that selection the model
before quantization has, in bits per character: {values}. Compare {name} with these.
"""


def what_got_worse(facts: Facts) -> str:
    lines, worse = overall(facts), steps_that_made_worse(facts)
    text = "\n## What the numbers say\n"
    if lines:
        first, *_, last = facts.steps
        text += f"\nFrom the first measured model ({first}) to the last ({last}):\n\n{bullets(lines)}\n"
    if worse:
        text += f"\nSteps that made a number worse:\n\n{bullets(worse)}\n"
    else:
        text += "\nNo measured step made a number worse.\n"
    return text


def training_data(facts: Facts) -> str:
    rows = []
    for lang in dict.fromkeys(source["lang"] for source in facts.sources):
        members = [source for source in facts.sources if source["lang"] == lang]
        documents, words = (sum(source[f"num_{unit}_train"] for source in members) for unit in ("documents", "words"))
        rows.append([language(lang), f"{len(members)}", f"{documents:,}", f"{words:,}"])
    written, generated = facts.count("tune", "num_dialogues_written"), facts.count("tune", "num_dialogues_generated")
    return f"""
## Training data

{table(["language", "sources", "documents", "words"], rows)}

Dialogues: {written or 0:,} written for the project, {generated or 0:,} generated by a program that computes the
answers.
`DATA.md` lists every source with its licence.
"""


def limits(facts: Facts) -> str:
    seq_len, max_tokens = facts.section("pretrain").get("seq_len"), facts.section("tune").get("max_tokens")
    lines = [
        f"It has {facts.header.num_parameters / 1e6:,.1f} million parameters, which is few. It errs often, in facts, "
        "in arithmetic and in language, and it errs in a sure voice. Check everything that matters.",
        "It knows little: far less than a school book, and nothing of what happened after its text was written.",
        "It can make up names, dates and quotations, repeat itself, and answer in a wrong or offensive way.",
    ]
    if facts.has_own_text:
        lines.append(
            "The lessons and dialogues of the project were written by machine and read twice; no native speaker has "
            "reviewed them yet, nor the model's answers. Mistakes of language in them are passed on."
        )
    if seq_len and max_tokens:
        lines.append(
            f"It was trained on passages of {seq_len:,} tokens and dialogues of at most {max_tokens:,}; in longer "
            "conversations it does worse than the context length suggests."
        )
    lines.append("No safety tuning beyond its dialogues was done. With children, an adult should be near.")
    return f"\n## Limits\n\n{bullets(lines)}\n"


def intended_use() -> str:
    return """
## Intended use

For trying out, for teaching with a teacher at hand, for practice, and as a part that developers can build on and
measure against. Not for grading pupils, not for advice on health, law or money, not for decisions about people, and
not as a source of facts.
"""


def licence_section(facts: Facts) -> str:
    if not facts.recipe.release.derived_from_gemma:
        return "\n## Licence\n\nThe weights come from the text that `DATA.md` lists with its licences.\n"
    return f"""
## Licence

{NOTICE}

The weights are a Model Derivative under the Gemma Terms of Use: see `LICENSE`, `GEMMA_TERMS.md` and, binding for every
user, `USE_RESTRICTIONS.md`. The model file was modified by the Soro project; `MODIFICATIONS.md` says how. This model is
not made, reviewed, sponsored or endorsed by Google.
"""
