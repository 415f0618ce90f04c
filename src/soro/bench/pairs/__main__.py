"""`python -m soro.bench.pairs` writes the committed files anew."""

from soro.bench.pairs.generate import PAIRS_FOLDER, write_pairs

print(f"{write_pairs()} pairs in {PAIRS_FOLDER}")
