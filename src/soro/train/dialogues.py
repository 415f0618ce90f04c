"""Dialogues as token ids: Gemma 3's turns, with labels on the answers only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from soro.checkpoint.tokenizer_file import END_OF_TURN, START_OF_TURN, token_id
from soro.core.errors import SoroError
from soro.core.files import read_jsonl
from soro.train.loop import IGNORED, Batch

Message = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Example:
    """One dialogue as ids and labels of equal length; `num_answer_chars` counts what the labels spell."""

    id: str
    ids: list[int]
    labels: list[int]
    num_answer_chars: int

    @property
    def num_counted(self) -> int:
        """Tokens of answers and of the ends of their turns."""
        return sum(label != IGNORED for label in self.labels)


def read_dialogues(path: Path) -> list[dict[str, Any]]:
    """Every dialogue of a JSONL file, or of the JSONL files of a folder in the order of their names.

    Raises SoroError with file and line for a dialogue that is empty, does not alternate, or has no answer.
    """
    files = [path] if path.is_file() else sorted(path.glob("*.jsonl"))
    if not files:
        raise SoroError(f"tune.dialogues: no JSONL file at {path}; mend the path in the recipe")
    dialogues = []
    for file in files:
        for number, row in read_jsonl(file):
            check_dialogue(row, f"{file}, line {number}")
            dialogues.append({"id": f"{file.name}#{number}", **row})
    return dialogues


def check_dialogue(row: Any, where: str) -> None:
    messages = row.get("messages") if isinstance(row, dict) else None
    if not isinstance(messages, list) or not messages:
        raise SoroError(f"{where}: the dialogue has no list 'messages'; add its turns")
    for i, message in enumerate(messages):
        if not isinstance(message, dict):
            raise SoroError(f"{where}: message {i + 1} is {message!r}, must be an object with 'role' and 'content'")
        role, content = message.get("role"), message.get("content")
        expected = "user" if i % 2 == 0 else "assistant"
        if role != expected:
            raise SoroError(f"{where}: message {i + 1} has the role {role!r}, must be {expected!r} (turns alternate)")
        if not isinstance(content, str) or not content.strip():
            raise SoroError(f"{where}: message {i + 1} ({role}) is empty; write it or delete the dialogue")
    if messages[-1]["role"] != "assistant":
        raise SoroError(f"{where}: the dialogue has no answer to its last question; add a message of 'assistant'")


def encode_dialogue(dialogue: dict[str, Any], tokenizer: Tokenizer) -> Example:
    """Ids of the dialogue as the chat template renders it; labels on the answers and the end of their turns."""
    start, end = token_id(tokenizer, START_OF_TURN), token_id(tokenizer, END_OF_TURN)
    newline = tokenizer.encode("\n", add_special_tokens=False).ids
    ids = [token_id(tokenizer, "<bos>")]
    labels = [IGNORED]
    num_answer_chars = 0
    for message in dialogue["messages"]:
        is_answer = message["role"] == "assistant"
        text = message["content"].strip()
        header = [start, *tokenizer.encode("model\n" if is_answer else "user\n", add_special_tokens=False).ids]
        body = [*tokenizer.encode(text, add_special_tokens=False).ids, end]
        ids += header + body + newline
        labels += [IGNORED] * len(header) + (body if is_answer else [IGNORED] * len(body)) + [IGNORED] * len(newline)
        num_answer_chars += len(text) if is_answer else 0
    return Example(id=str(dialogue["id"]), ids=ids, labels=labels, num_answer_chars=num_answer_chars)


def pad(examples: Sequence[Example], pad_id: int) -> Batch:
    """A batch of dialogues, padded on the right to the longest."""
    longest = max(len(example.ids) for example in examples)
    ids = [example.ids + [pad_id] * (longest - len(example.ids)) for example in examples]
    labels = [example.labels + [IGNORED] * (longest - len(example.labels)) for example in examples]
    return Batch(ids_BT=torch.tensor(ids), labels_BT=torch.tensor(labels))
