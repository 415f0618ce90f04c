import json
from typing import Any

import pytest

from soro.serve.chat_request import ApiError, parse_chat_request
from soro.serve.sampling import MAX_ANSWER_TOKENS, TEMPERATURE, TOP_P

ASK = [{"role": "user", "content": "Фотосинтез чист?"}]


def parse(**fields: Any) -> Any:
    return parse_chat_request(json.dumps({"messages": ASK} | fields).encode())


def test_what_is_not_said_has_its_default() -> None:
    chat = parse()
    assert chat.messages == ({"role": "user", "content": "Фотосинтез чист?"},)
    sampling = chat.sampling
    assert (sampling.temperature, sampling.top_p, sampling.max_tokens) == (TEMPERATURE, TOP_P, MAX_ANSWER_TOKENS)
    assert sampling.seed is None
    assert not chat.stream
    assert not chat.leave_out
    assert not chat.restore_letters


def test_null_is_the_same_as_nothing() -> None:
    assert parse(temperature=None, stop=None, max_tokens=None, stream=None, tools=None, model=None) == parse()


def test_what_is_said_counts() -> None:
    chat = parse(
        temperature=0, top_p=1, max_completion_tokens=7, stop="\n", seed=-1, stream=True, truncation="auto", restore_letters=True,
        stream_options={"include_usage": True},
    )  # fmt: skip
    assert (chat.sampling.temperature, chat.sampling.top_p, chat.sampling.max_tokens) == (0.0, 1.0, 7)
    assert chat.sampling.stop == ("\n",)
    assert chat.sampling.seed == 0xFFFFFFFF
    assert chat.stream
    assert chat.include_usage
    assert chat.leave_out
    assert chat.restore_letters


def test_text_in_parts_is_joined() -> None:
    parts = [{"type": "text", "text": "Як"}, {"type": "text", "text": "ду"}]
    assert parse(messages=[{"role": "user", "content": parts}]).messages[0]["content"] == "Як\nду"


def test_half_letters_are_mended() -> None:
    raw = b'{"messages": [{"role": "user", "content": "\\ud83d a\\u0000b \\ud83d\\ude00"}]}'
    assert parse_chat_request(raw).messages[0]["content"] == "� ab 😀"


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"messages": []}, "messages"),
        ({"messages": "салом"}, "messages"),
        ({"messages": ["салом"]}, "messages[0]"),
        ({"messages": [{"role": "teacher", "content": "а"}]}, "messages[0].role"),
        ({"messages": [{"role": ["user"], "content": "а"}]}, "messages[0].role"),
        ({"messages": [{"role": "user", "content": " \n"}]}, "messages[0].content"),
        ({"messages": [{"role": "user"}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "messages[0].content[0]"),
        ({"messages": [{"role": "system", "content": "а"}]}, "messages"),
        ({"messages": [*ASK, {"role": "assistant", "content": "а"}]}, "messages"),
        ({"messages": [{"role": "assistant", "content": "а"}, *ASK]}, "messages"),
        ({"temperature": 3}, "temperature"),
        ({"temperature": "0.5"}, "temperature"),
        ({"temperature": True}, "temperature"),
        ({"temperature": float("nan")}, "temperature"),
        ({"top_p": -0.1}, "top_p"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"max_tokens": 1.5}, "max_tokens"),
        ({"stop": [""]}, "stop"),
        ({"stop": [1]}, "stop"),
        ({"stop": {"a": 1}}, "stop"),
        ({"seed": "1"}, "seed"),
        ({"stream": "yes"}, "stream"),
        ({"stream_options": 1}, "stream_options"),
        ({"n": 2}, "n"),
        ({"tools": [{}]}, "tools"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"truncation": "middle"}, "truncation"),
        ({"restore_letters": 1}, "restore_letters"),
        ({"model": 5}, "model"),
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, Any], param: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse(**fields)
    error = caught.value.body["error"]
    assert caught.value.status == 400
    assert error["type"] == "invalid_request_error"
    assert error["param"] == param
    assert param in error["message"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(raw: bytes) -> None:
    with pytest.raises(ApiError, match="JSON"):
        parse_chat_request(raw)
