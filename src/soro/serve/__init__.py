"""GGUF in; chat in the terminal, an OpenAI-compatible API and a web page out. No torch here."""
