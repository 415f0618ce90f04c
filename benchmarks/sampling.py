"""How an answer should be drawn: settings side by side on dialogues that the tuning held out. Prints a table.

    python benchmarks/sampling.py --build build/soro-270m

chrF: character F-score of the answer against the written one (Popovic 2015, through sacrebleu), higher is nearer to it.
endless: answers that did not end within MAX_TOKENS, most of them loops. Both are means over the same questions, the
first of each held-out written dialogue, answered by the 4-bit model in llama.cpp.
"""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from sacrebleu.metrics import CHRF

from soro.core.files import is_heldout
from soro.core.recipe import load_recipe, project_root
from soro.serve.app import open_engine
from soro.serve.engine import Engine
from soro.serve.sampling import Sampling
from soro.train.dialogues import read_dialogues

MAX_TOKENS = 100
SETTINGS = {
    "greedy": Sampling(temperature=0.0, repeat_penalty=1.0, dry_multiplier=0.0),
    "0.6, repeat penalty 1.1": Sampling(temperature=0.6, repeat_penalty=1.1, dry_multiplier=0.0),
    "0.3": Sampling(temperature=0.3, repeat_penalty=1.0, dry_multiplier=0.0),
    "0.3, repeat penalty 1.05": Sampling(temperature=0.3, repeat_penalty=1.05, dry_multiplier=0.0),
    "0.3, DRY after 2": Sampling(temperature=0.3, repeat_penalty=1.0, dry_multiplier=0.8, dry_allowed_length=2),
    "0.3, DRY after 4": Sampling(temperature=0.3, repeat_penalty=1.0, dry_multiplier=0.8, dry_allowed_length=4),
    "0.6, DRY after 4": Sampling(temperature=0.6, repeat_penalty=1.0, dry_multiplier=0.8, dry_allowed_length=4),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=Path("build/soro-270m"))
    parser.add_argument("--recipe", type=Path, default=Path("recipes/soro-270m.toml"))
    parser.add_argument("--model", type=Path, help="a GGUF [default: the 4-bit one of BUILD]")
    parser.add_argument("--limit", type=int, default=60, help="number of questions")
    options = parser.parse_args()
    pairs = heldout_pairs(options.recipe)[: options.limit]
    engine = open_engine(options.model or options.build / "quantize" / "gguf-q4_0.gguf", num_slots=1)
    print(f"{len(pairs)} questions\n\n| temperature and penalty | chrF | endless |\n|---|---|---|")
    for name, sampling in SETTINGS.items():
        chrf, endless = score(engine, pairs, sampling)
        print(f"| {name} | {chrf:.1f} | {100 * endless:.0f} % |", flush=True)
    engine.close()


def heldout_pairs(recipe_path: Path) -> list[tuple[str, str]]:
    """(first question, its written answer) of every held-out written dialogue."""
    section = load_recipe(recipe_path).tune
    folder = project_root(recipe_path) / "data"
    dialogues = [d for path in section.dialogues for d in read_dialogues(folder / path)]
    heldout = [d["messages"] for d in dialogues if is_heldout(str(d["id"]), section.heldout_fraction)]
    return [(messages[0]["content"], messages[1]["content"]) for messages in heldout]


def score(engine: Engine, pairs: Sequence[tuple[str, str]], sampling: Sampling) -> tuple[float, float]:
    """(chrF of all answers together, share of answers that did not end)."""
    answers = [asyncio.run(answer(engine, question, sampling)) for question, _ in pairs]
    chrf = CHRF().corpus_score([text for text, _ in answers], [[written for _, written in pairs]])
    return chrf.score, sum(not ended for _, ended in answers) / len(answers)


async def answer(engine: Engine, question: str, sampling: Sampling) -> tuple[str, bool]:
    """(text, whether the model ended it itself)."""
    tokens = await engine.tokenize(await engine.render([{"role": "user", "content": question}]))
    limited = Sampling(**{**vars(sampling), "max_tokens": MAX_TOKENS, "seed": 1})
    pieces = [piece async for piece in engine.generate(tokens, limited)]
    return "".join(piece.text for piece in pieces), pieces[-1].finish_reason == "stop"


if __name__ == "__main__":
    main()
