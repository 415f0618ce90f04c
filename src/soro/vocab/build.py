"""The vocab stage: fit the tokenizer, cut and fill the embedding, measure tokens per word before and after.

The checkpoint is rewritten shard by shard: beside the embedding, which is mapped from its file, no tensor is in memory.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from soro.checkpoint.folder import (
    check_belongs,
    copy_image_files,
    embedding_of,
    is_multimodal,
    load_config,
    load_tokenizer_json,
    save_description,
)
from soro.checkpoint.shards import open_rows, rewrite_shards, stored_tensors
from soro.checkpoint.tokenizer_file import END_OF_TURN
from soro.core.artifact import Order, begin, read_manifest
from soro.core.counts import count_runs, read_counts
from soro.core.documents import read_documents
from soro.core.errors import SoroError
from soro.core.progress import say
from soro.core.recipe import Recipe
from soro.tajik.alphabet import OWN_LETTERS
from soro.tajik.words import count_words
from soro.vocab.fit import fit_tokenizer
from soro.vocab.rows import fitted_rows


def vocab_order(recipe: Recipe, out: Path, *, base: Path, corpus: Path, project_root: Path) -> Order:
    counts = {f"counts/{lang}": project_root / "data" / path for lang, path in recipe.vocab.counts.items()}
    inputs = {"base": base, "corpus": corpus, **counts}
    return Order(kind="vocab", out=out, section=recipe.section("vocab"), seed=recipe.seed, inputs=inputs)


def build_vocab(
    recipe: Recipe, out: Path, *, base: Path, corpus: Path, project_root: Path, force: bool = False
) -> Path:
    """Write the checkpoint of `base` with a fitted vocabulary to `out`, and print tokens per word before and after."""
    writer = begin(vocab_order(recipe, out, base=base, corpus=corpus, project_root=project_root), force=force)
    if writer is None:
        return out
    read_manifest(base, "base")
    section = recipe.vocab
    base_json = load_tokenizer_json(base)
    word_counts = {lang: read_counts(project_root / "data" / path) for lang, path in section.counts.items()}
    if recipe.language not in word_counts:
        word_counts[recipe.language] = corpus_counts(corpus, recipe.language)
    for lang in section.num_kept:
        if lang not in word_counts:
            raise SoroError(f"vocab.num_kept.{lang} has no counts; add vocab.counts.{lang}")
    check_counts(word_counts[recipe.language], recipe.language)
    config = load_config(base)
    with_images = is_multimodal(config)
    fitted, num_learned = fit_tokenizer(
        base_json, word_counts, section.num_kept, section.num_rows, with_images=with_images
    )
    check_round_trip(fitted)
    check_belongs(base)
    tensors = stored_tensors(base)
    name = embedding_of(tensors, base)
    rows = fitted_rows(
        open_rows(tensors[name], name),
        base_json,
        fitted,
        section.init,
        recipe.seed,
        texts=[document.text for document in read_documents(corpus / "train.parquet")],
        folder=base,
    )
    rewrite_shards(base, writer.path, {name: rows})
    config = with_special_ids(config, fitted["model"]["vocab"])
    save_description(writer.path, config=config, tokenizer=fitted, num_rows=rows.shape[0])
    if with_images:
        copy_image_files(base, writer.path)
    scores = tokens_per_word(base_json, fitted, corpus)
    for lang, row in scores.items():
        say(f"vocab: {lang} tokens per word {row['before']:.3f} before, {row['after']:.3f} after")
    counts = {
        "num_rows": len(fitted["model"]["vocab"]),
        "num_rows_base": len(base_json["model"]["vocab"]),
        "num_pieces_learned": num_learned,
        "num_merges": len(fitted["model"]["merges"]),
    }
    return writer.finish(counts=counts, scores={"tokens_per_word": scores}, packages=["torch", "tokenizers"])


def with_special_ids(config: dict[str, Any], vocab: dict[str, int]) -> dict[str, Any]:
    """`config` with the rows of the special tokens; a multimodal one names them inside its text part as well."""
    ids = {"bos_token_id": vocab["<bos>"], "eos_token_id": vocab["<eos>"], "pad_token_id": vocab["<pad>"]}
    if not is_multimodal(config):
        return {**config, **ids}
    stops = [vocab["<eos>"], vocab[END_OF_TURN]]
    return {**config, **ids, "eos_token_id": stops, "text_config": {**config["text_config"], **ids}}


def check_counts(counts: Mapping[str, int], lang: str) -> None:
    """Raise SoroError when no counted word has a letter of its own: the text is of another language, or lost its letters."""
    if not any(set(word.lower()) & set(OWN_LETTERS) for word in counts):
        raise SoroError(
            f"the {len(counts):,} words to learn {lang!r} pieces from have none of the letters {' '.join(OWN_LETTERS)}: the text "
            f"is of another language or was typed without them; mend vocab.counts.{lang} or the sources of the corpus"
        )


def corpus_counts(corpus: Path, lang: str) -> dict[str, int]:
    """Word counts of the training documents in `lang`. Raises SoroError when there are none."""
    counts = count_runs(d.text for d in read_documents(corpus / "train.parquet") if d.lang == lang)
    if not counts:
        raise SoroError(
            f"{corpus} has no document in {lang!r} to learn pieces from; add a source or vocab.counts.{lang}"
        )
    return counts


def tokens_per_word(base: dict[str, Any], fitted: dict[str, Any], corpus: Path) -> dict[str, dict[str, float]]:
    """Tokens per word of the held-out documents, by language, with the base and the fitted tokenizer."""
    before = Tokenizer.from_str(json.dumps(base, ensure_ascii=False))
    after = Tokenizer.from_str(json.dumps(fitted, ensure_ascii=False))
    texts: dict[str, list[str]] = {}
    for document in read_documents(corpus / "heldout.parquet"):
        texts.setdefault(document.lang, []).append(document.text)
    scores = {}
    for lang, members in sorted(texts.items()):
        num_words = max(1, sum(count_words(text) for text in members))
        tokens = [sum(len(e.ids) for e in t.encode_batch(members, add_special_tokens=False)) for t in (before, after)]
        scores[lang] = {"before": round(tokens[0] / num_words, 4), "after": round(tokens[1] / num_words, 4)}
    return scores


ROUND_TRIP_TEXTS = (
    "\u0493\u04e3\u049b\u04ef\u04b3\u04b7 \u0492\u04e2\u049a\u04ee\u04b2\u04b6",
    "tabs\t\tand  runs   of    spaces\n\n\n",
    "emoji \U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467, han \u6f22\u5b57, arabic \u0633\u0644\u0627\u0645",
    "rare \U00013000\U0010fffd",
    "control \x00\x01\x7f\ufeff, combining e\u0301, <start_of_turn> look-alike",
    "def f(x):\n    return {'a': x ** 2}  # 3.14159, 2026",
)


def check_round_trip(fitted: dict[str, Any]) -> None:
    """Any Unicode string must come back the same; raises SoroError naming the first that does not."""
    tokenizer = Tokenizer.from_str(json.dumps(fitted, ensure_ascii=False))
    for text in ROUND_TRIP_TEXTS:
        back = tokenizer.decode(tokenizer.encode(text, add_special_tokens=False).ids, skip_special_tokens=False)
        if back != text:
            raise SoroError(f"the fitted tokenizer turns {text!r} into {back!r}; it must give every string back")
