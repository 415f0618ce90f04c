"""The Modelfile with which Ollama runs the GGUF: Gemma 3's turns in Go's template syntax, and how to sample.

Source: https://github.com/ollama/ollama/blob/main/docs/modelfile.md. Ollama puts <bos> in front itself.
"""

from soro.release.notices import NOTICE

# The same turns as CHAT_TEMPLATE of soro/checkpoint/tokenizer_file.py: a system text joins the first user turn.
TEMPLATE = """\
{{- $system := .System }}
{{- range $i, $message := .Messages }}
{{- if eq .Role "user" }}<start_of_turn>user
{{ if $system }}{{ $system }}

{{ $system = "" }}{{ end }}{{ .Content }}<end_of_turn>
{{ if eq (len (slice $.Messages $i)) 1 }}<start_of_turn>model
{{ end }}
{{- else if eq .Role "assistant" }}<start_of_turn>model
{{ .Content }}<end_of_turn>
{{ end }}
{{- end }}"""

TEMPERATURE, TOP_P, REPEAT_PENALTY = 0.3, 0.9, 1.0
DRY_MULTIPLIER, DRY_ALLOWED_LENGTH = 0.8, 4  # for llama.cpp; Ollama has no DRY


def modelfile(gguf_name: str, context_tokens: int, derived_from_gemma: bool) -> str:
    """The text of the Modelfile for the GGUF beside it."""
    lines = [
        f"# ollama create {gguf_name.removesuffix('.gguf')} -f Modelfile",
        f"FROM ./{gguf_name}",
        f'TEMPLATE """{TEMPLATE}"""',
        'PARAMETER stop "<end_of_turn>"',
        f"PARAMETER num_ctx {context_tokens}",
        f"PARAMETER temperature {TEMPERATURE}",
        f"PARAMETER top_p {TOP_P}",
        f"PARAMETER repeat_penalty {REPEAT_PENALTY}",
    ]
    if derived_from_gemma:
        lines.append(f'LICENSE """{NOTICE}"""')
    return "\n".join(lines) + "\n"
