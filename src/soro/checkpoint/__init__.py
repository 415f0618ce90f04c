"""Hugging Face folders of Gemma 3: fetch one, open one, save one, score one. Shared by the stages that use torch."""
