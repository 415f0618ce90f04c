"""A tuned checkpoint into the formats people run: GGUF for llama.cpp, compressed safetensors for vLLM. Each is checked."""
