"""One training loop, two commands: pretrain on documents, tune on dialogues."""
