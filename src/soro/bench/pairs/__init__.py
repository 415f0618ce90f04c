"""Minimal pairs of Tajik grammar and spelling, generated from `templates/` and `lexicon.toml`."""
