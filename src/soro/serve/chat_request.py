"""A chat request of OpenAI's API, checked; and the error that an OpenAI client expects when it is wrong.

What this server cannot do (tools, several choices, JSON mode, log probabilities) is refused rather than passed over in
silence; fields that only tell who asks (`user`, `metadata`, ...) are passed over.
"""

import json
from dataclasses import dataclass
from typing import Any

from soro.serve.conversation import Message
from soro.serve.sampling import MAX_ANSWER_TOKENS, TEMPERATURE, TOP_P, Sampling

ROLES = {"system": "system", "developer": "system", "user": "user", "assistant": "assistant"}
UNSUPPORTED = ("tools", "functions", "logprobs", "top_logprobs", "audio", "logit_bias")
MAX_STOPS = 16
SEED_MASK = 0xFFFFFFFF  # llama.cpp's seeds have 32 bits


class ApiError(Exception):
    """An error for the caller: HTTP status and the fields of OpenAI's error body."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        param: str | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"message": message, "type": kind, "param": param, "code": code}}


@dataclass(frozen=True, kw_only=True)
class ChatRequest:
    """`leave_out` is true when the caller sent `"truncation": "auto"`: the oldest turns may be left out.
    `restore_letters`: the user's messages get the letters that a Russian keyboard lacks."""

    messages: tuple[Message, ...]
    sampling: Sampling
    stream: bool = False
    include_usage: bool = False
    leave_out: bool = False
    restore_letters: bool = False


def parse_chat_request(raw: bytes) -> ChatRequest:
    """The request in the JSON `raw`. Raises ApiError naming the field."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ApiError(f"The body is not valid JSON: {error}.") from error
    if not isinstance(body, dict):
        raise ApiError("The body must be a JSON object.")
    _refuse_unsupported(body)
    truncation = body.get("truncation") or "disabled"
    if truncation not in ("auto", "disabled"):
        raise _wrong("truncation", truncation, "must be 'auto' or 'disabled'")
    options = body.get("stream_options") or {}
    if not isinstance(options, dict):
        raise _wrong("stream_options", options, "must be an object")
    return ChatRequest(
        messages=_messages(body.get("messages")),
        sampling=_sampling(body),
        stream=_flag(body, "stream"),
        include_usage=_flag(options, "include_usage"),
        leave_out=truncation == "auto",
        restore_letters=_flag(body, "restore_letters"),
    )


def _wrong(param: str, value: Any, must: str) -> ApiError:
    shown = json.dumps(value, ensure_ascii=False)
    return ApiError(f"{param} is {shown[:60]}, {must}.", param=param, code="invalid_value")


def _refuse_unsupported(body: dict[str, Any]) -> None:
    for name in UNSUPPORTED:
        if body.get(name):
            raise ApiError(f"{name} is not supported by this server.", param=name, code="unsupported_parameter")
    if body.get("n") not in (None, 1):
        raise ApiError("n is not 1; this server gives one choice.", param="n", code="unsupported_value")
    wanted = body.get("response_format")
    if wanted and (not isinstance(wanted, dict) or wanted.get("type") != "text"):
        raise ApiError("response_format must be text.", param="response_format", code="unsupported_value")
    if not isinstance(body.get("model", ""), str | None):
        raise _wrong("model", body["model"], "must be a string")


def _messages(value: Any) -> tuple[Message, ...]:
    if not isinstance(value, list) or not value:
        raise ApiError("messages is missing or empty; send at least one.", param="messages", code="invalid_value")
    messages = tuple(_message(item, f"messages[{i}]") for i, item in enumerate(value))
    spoken = [message["role"] for message in messages if message["role"] != "system"]
    if not spoken or spoken[0] != "user" or spoken[-1] != "user":
        raise ApiError(
            "messages must begin (after system messages) and end with a message of the role 'user'.",
            param="messages",
            code="invalid_value",
        )
    return messages


def _message(value: Any, where: str) -> Message:
    if not isinstance(value, dict):
        raise _wrong(where, value, "must be an object with role and content")
    role = value.get("role")
    if not isinstance(role, str) or role not in ROLES:
        raise _wrong(f"{where}.role", role, f"must be one of {', '.join(ROLES)}")
    content = value.get("content")
    if isinstance(content, list):
        content = "\n".join(_text_part(part, f"{where}.content[{i}]") for i, part in enumerate(content))
    if not isinstance(content, str) or not content.strip():
        raise _wrong(f"{where}.content", content, "must be text that is not empty")
    return {"role": ROLES[role], "content": _whole_letters(content)}


def _text_part(value: Any, where: str) -> str:
    if not isinstance(value, dict) or value.get("type") != "text" or not isinstance(value.get("text"), str):
        raise ApiError(f"{where} is not of the type text, which is all this model reads.", param=where)
    return str(value["text"])


def _whole_letters(text: str) -> str:
    """`text` without half letters (lone surrogates, which JSON can write and UTF-8 cannot) and without NUL."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def _sampling(body: dict[str, Any]) -> Sampling:
    limit = "max_completion_tokens" if body.get("max_completion_tokens") is not None else "max_tokens"
    seed = body.get("seed")
    if seed is not None and (not isinstance(seed, int) or isinstance(seed, bool)):
        raise _wrong("seed", seed, "must be a whole number")
    return Sampling(
        temperature=_number(body, "temperature", TEMPERATURE, 0.0, 2.0),
        top_p=_number(body, "top_p", TOP_P, 0.0, 1.0),
        frequency_penalty=_number(body, "frequency_penalty", 0.0, -2.0, 2.0),
        presence_penalty=_number(body, "presence_penalty", 0.0, -2.0, 2.0),
        max_tokens=_count(body, limit, MAX_ANSWER_TOKENS),
        stop=_stops(body.get("stop")),
        seed=None if seed is None else seed & SEED_MASK,
    )


def _number(body: dict[str, Any], name: str, default: float, low: float, high: float) -> float:
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        raise _wrong(name, value, f"must be a number from {low:g} to {high:g}")
    return float(value)


def _count(body: dict[str, Any], name: str, default: int) -> int:
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _wrong(name, value, "must be a whole number of at least 1")
    return value


def _stops(value: Any) -> tuple[str, ...]:
    stops = [value] if isinstance(value, str) else value or []
    if not isinstance(stops, list) or len(stops) > MAX_STOPS or not all(isinstance(s, str) and s for s in stops):
        raise _wrong("stop", value, f"must be a string or up to {MAX_STOPS} strings, none empty")
    return tuple(_whole_letters(stop) for stop in stops)


def _flag(body: dict[str, Any], name: str) -> bool:
    value = body.get(name)
    if not isinstance(value, bool | None):
        raise _wrong(name, value, "must be true or false")
    return bool(value)
