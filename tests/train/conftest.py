"""A corpus of 33 documents, made once for both kinds of training."""

from pathlib import Path

import pytest

from soro.core.documents import write_documents
from tests.train.made_documents import document


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("train_corpus")
    write_documents(folder / "train.parquet", [document(i) for i in range(30)])
    write_documents(folder / "heldout.parquet", [document(i) for i in range(30, 33)])
    return folder
