"""Ollama renders Go templates; the few actions that ours uses are read here, so that it can be held against Jinja's."""

import re
from typing import Any

import jinja2
import pytest

from soro.checkpoint.tokenizer_file import CHAT_TEMPLATE
from soro.release import modelfile
from soro.release.modelfile import TEMPLATE
from soro.serve import sampling

Message = dict[str, str]
ACTION = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)


def render_go(template: str, messages: list[Message]) -> str:
    """`template` with Go's rules: `{{-` eats the white space before it, assignments outlive their block."""
    text = re.sub(r"\s+(?=\{\{-)", "", template)
    parts = ACTION.split(text)
    system = "\n\n".join(m["content"] for m in messages if m["role"] == "system")
    variables: dict[str, Any] = {"$system": None}

    def truth(condition: str, i: int) -> bool:
        if condition == "$system":
            return bool(variables["$system"])
        if condition == "eq (len (slice $.Messages $i)) 1":
            return i == len(messages) - 1
        role = re.fullmatch(r'eq \.Role "(\w+)"', condition)
        assert role is not None, condition
        return messages[i]["role"] == role.group(1)

    def block(position: int, i: int, active: bool) -> tuple[str, int]:
        """The text up to the `end` or `else` that closes this block, and where that is."""
        out = ""
        while True:
            out += parts[position] if active else ""
            if position + 1 >= len(parts):
                return out, position
            action = parts[position + 1]
            if action == "end" or action.startswith("else if "):
                return out, position
            position += 2
            if action.startswith("range "):
                start = position
                for number in range(len(messages)):
                    inner, position = block(start, number, active)
                    out += inner
                position += 2
            elif action.startswith("if "):
                taken, word = False, action
                while word != "end":
                    chosen = active and not taken and truth(word.removeprefix("else ").removeprefix("if "), i)
                    inner, position = block(position, i, chosen)
                    out, taken, word = out + inner, taken or chosen, parts[position + 1]
                    position += 2
            elif active and action == "$system := .System":
                variables["$system"] = system
            elif active and action == '$system = ""':
                variables["$system"] = ""
            elif active:
                out += {"$system": variables["$system"], ".Content": messages[i]["content"]}[action]

    return block(0, 0, True)[0]


def user(text: str) -> Message:
    return {"role": "user", "content": text}


def assistant(text: str) -> Message:
    return {"role": "assistant", "content": text}


@pytest.mark.parametrize(
    "messages",
    [
        [user("a")],
        [user("a\nb"), assistant("c"), user("d")],
        [{"role": "system", "content": "s"}, user("a")],
        [{"role": "system", "content": "s"}, user("a"), assistant("b"), user("c"), assistant("d"), user("e")],
        [user("a"), assistant("b")],
    ],
)
def test_the_template_writes_the_turns_of_the_chat_template(messages: list[Message]) -> None:
    jinja = jinja2.Environment(trim_blocks=True, lstrip_blocks=True).from_string(CHAT_TEMPLATE)
    asks = messages[-1]["role"] == "user"
    assert render_go(TEMPLATE, messages) == jinja.render(messages=messages, bos_token="", add_generation_prompt=asks)


def test_the_modelfile_names_the_model_and_how_to_sample() -> None:
    text = modelfile.modelfile("made.gguf", 512, derived_from_gemma=True)
    lines = text.splitlines()
    assert "FROM ./made.gguf" in lines
    assert 'PARAMETER stop "<end_of_turn>"' in lines
    assert "PARAMETER num_ctx 512" in lines
    assert f'TEMPLATE """{TEMPLATE}"""' in text
    assert "LICENSE" in text
    assert "LICENSE" not in modelfile.modelfile("made.gguf", 512, derived_from_gemma=False)


def test_soro_and_ollama_sample_alike() -> None:
    ours = (modelfile.TEMPERATURE, modelfile.TOP_P, modelfile.REPEAT_PENALTY)
    assert ours == (sampling.TEMPERATURE, sampling.TOP_P, sampling.REPEAT_PENALTY)
    dry = (modelfile.DRY_MULTIPLIER, modelfile.DRY_ALLOWED_LENGTH)
    assert dry == (sampling.DRY_MULTIPLIER, sampling.DRY_ALLOWED_LENGTH)
