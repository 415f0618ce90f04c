"""A Gemma 3 checkpoint and word counts in, a tokenizer that fits Tajik and a checkpoint with matching rows out."""
