"""Soro: an open-weight Gemma 3 checkpoint and Tajik text in, a measured Tajik chatbot for an ordinary computer out."""

__version__ = "0.1.0"
