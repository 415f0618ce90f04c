"""What benchmarks/corpus.py measures of datatrove; runs in an environment of its own that has datatrove and spacy.

python benchmarks/corpus_datatrove.py IN OUT WORKERS STOP_WORDS     JSONL files of IN through Gopher's filters and MinHash
"""

import sys
from pathlib import Path


def main(source: str, out: str, workers: int, stop_words: list[str]) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import minhash
    from datatrove.pipeline.filters import GopherQualityFilter, GopherRepetitionFilter
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    language, config = "tgk", minhash.MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8)
    kept, sigs, buckets, removed = (f"{out}/{name}" for name in ("filtered", "signatures", "buckets", "remove"))
    num_files = len(list(Path(source).glob("*.jsonl")))
    filters = [
        JsonlReader(source),
        GopherRepetitionFilter(language=language),
        GopherQualityFilter(language=language, stop_words=stop_words),
        JsonlWriter(kept),
    ]
    signatures = [JsonlReader(kept), minhash.MinhashDedupSignature(sigs, config=config, language=language)]
    matches = [minhash.MinhashDedupBuckets(sigs, buckets, config=config)]
    clusters = [minhash.MinhashDedupCluster(buckets, removed, config=config)]
    result = [JsonlReader(kept), minhash.MinhashDedupFilter(removed), JsonlWriter(f"{out}/kept")]
    steps = (
        (filters, num_files),
        (signatures, num_files),
        (matches, config.num_buckets),
        (clusters, 1),
        (result, num_files),
    )
    for number, (pipeline, tasks) in enumerate(steps):
        LocalPipelineExecutor(pipeline, tasks=tasks, workers=workers, logging_dir=f"{out}/logs/{number}").run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4].split(","))
