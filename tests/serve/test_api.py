import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import openai
import pytest

from soro.serve.engine import Engine, EngineError, Piece
from tests.serve.conftest import CONTEXT_TOKENS, wait_until

ASK: Any = [{"role": "user", "content": "Салом!"}]


@pytest.fixture
def client(url: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0, timeout=60) as client:
        yield client


def request(url: str, body: bytes | None = None, method: str = "GET") -> tuple[int, Any]:
    ask = urllib.request.Request(url, data=body, method="POST" if body is not None else method)
    try:
        with urllib.request.urlopen(ask, timeout=60) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_a_whole_answer(client: openai.OpenAI, force_answer: Callable[[str], None]) -> None:
    force_answer("Ҷавоби кӯтоҳ.")
    answer = client.chat.completions.create(model="tiny", messages=ASK)
    assert answer.object == "chat.completion"
    assert answer.choices[0].message.role == "assistant"
    assert answer.choices[0].message.content == "Ҷавоби кӯтоҳ."
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage
    assert answer.usage.prompt_tokens > 0 < answer.usage.completion_tokens
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens


def test_a_streamed_answer(client: openai.OpenAI, force_answer: Callable[[str], None]) -> None:
    force_answer("Ҷавоби кӯтоҳ.")
    options: Any = {"include_usage": True}
    chunks = list(client.chat.completions.create(model="tiny", messages=ASK, stream=True, stream_options=options))
    *spoken, usage = chunks
    assert spoken[0].choices[0].delta.role == "assistant"
    assert "".join(chunk.choices[0].delta.content or "" for chunk in spoken) == "Ҷавоби кӯтоҳ."
    assert [chunk.choices[0].finish_reason for chunk in spoken if chunk.choices[0].finish_reason] == ["stop"]
    assert len({chunk.id for chunk in chunks}) == 1
    assert usage.usage
    assert usage.usage.completion_tokens > 0
    assert len(spoken) > 3


def test_limit_and_stop(client: openai.OpenAI, force_answer: Callable[[str], None]) -> None:
    force_answer("як ду се чор панҷ")
    short = client.chat.completions.create(model="tiny", messages=ASK, max_tokens=2)
    assert short.choices[0].finish_reason == "length"
    assert short.usage
    assert short.usage.completion_tokens == 2
    stopped = client.chat.completions.create(model="tiny", messages=ASK, stop=["се"])
    assert stopped.choices[0].message.content == "як ду "
    assert stopped.choices[0].finish_reason == "stop"


def test_any_model_name_is_answered_by_the_model_here(client: openai.OpenAI, engine: Engine) -> None:
    answer = client.chat.completions.create(model="gpt-4o", messages=ASK, max_tokens=1)
    assert answer.model == engine.model.name


def test_a_bad_request_is_the_clients_own_error(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(model="tiny", messages=ASK, temperature=9)
    assert caught.value.param == "temperature"
    assert caught.value.type == "invalid_request_error"


@pytest.mark.parametrize("stream", [False, True])
def test_a_prompt_longer_than_the_context(client: openai.OpenAI, stream: bool) -> None:
    long: Any = [{"role": "user", "content": "савол " * 400}]
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(model="tiny", messages=long, stream=stream)  # type: ignore[call-overload]
    assert caught.value.code == "context_length_exceeded"
    assert f" {CONTEXT_TOKENS} tokens" in caught.value.message
    num_tokens = int(caught.value.message.split("messages are ")[1].split()[0])
    assert num_tokens > CONTEXT_TOKENS


def test_old_turns_are_left_out_when_asked(client: openai.OpenAI) -> None:
    turn: Any = [{"role": "user", "content": "савол"}, {"role": "assistant", "content": "ҷавоб"}]
    create = client.chat.completions.with_raw_response.create
    reply = create(model="tiny", messages=turn * 40 + ASK, max_tokens=1, extra_body={"truncation": "auto"})
    assert 0 < int(reply.headers["soro-messages-left-out"]) < 80
    with pytest.raises(openai.BadRequestError):
        create(model="tiny", messages=turn * 40 + ASK, max_tokens=1)


def test_the_model_list(client: openai.OpenAI, engine: Engine) -> None:
    assert [model.id for model in client.models.list()] == [engine.model.name]
    assert client.models.retrieve(engine.model.name).object == "model"
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("gpt-4o")
    assert caught.value.code == "model_not_found"


def test_health(url: str) -> None:
    status, body = request(f"{url}/healthz")
    assert (status, body["status"], body["num_busy"]) == (200, "ok", 0)


@pytest.mark.parametrize(
    ("path", "body", "method", "status"),
    [
        ("/v1/nothing", None, "GET", 404),
        ("/docs", None, "GET", 404),
        ("/v1/chat/completions", None, "GET", 405),
        ("/v1/models", None, "DELETE", 405),
        ("/v1/chat/completions", b"{", "POST", 400),
        ("/v1/chat/completions", b"", "POST", 400),
        ("/v1/chat/completions", b"[]", "POST", 400),
        ("/v1/chat/completions", b'{"messages": [{}]}', "POST", 400),
        ("/v1/chat/completions", b" " * (1 << 20) + b"{}", "POST", 413),
    ],
)
def test_every_error_has_openais_body(url: str, path: str, body: bytes | None, method: str, status: int) -> None:
    got, answer = request(url + path, body, method)
    assert got == status
    assert set(answer["error"]) == {"message", "type", "param", "code"}
    assert answer["error"]["type"] == "invalid_request_error"


def test_an_engine_that_breaks_off_is_an_error_in_the_stream(
    client: openai.OpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: Engine, *_: object) -> AsyncGenerator[Piece, None]:
        yield Piece(text="Са", num_answer_tokens=1)
        raise EngineError("the engine broke off")

    monkeypatch.setattr(Engine, "generate", broken)
    with pytest.raises(openai.APIError, match="broke off"):
        list(client.chat.completions.create(model="tiny", messages=ASK, stream=True))
    with pytest.raises(openai.InternalServerError, match="broke off"):
        client.chat.completions.create(model="tiny", messages=ASK)


@pytest.mark.parametrize("stream", [False, True])
def test_hanging_up_stops_the_answer(url: str, monkeypatch: pytest.MonkeyPatch, stream: bool) -> None:
    begun, stopped = threading.Event(), threading.Event()

    async def endless(self: Engine, *_: object) -> AsyncGenerator[Piece, None]:
        import asyncio

        try:
            while True:
                yield Piece(text="а", num_answer_tokens=1)
                begun.set()
                await asyncio.sleep(0.01)
        finally:
            stopped.set()

    monkeypatch.setattr(Engine, "generate", endless)
    body = json.dumps({"messages": ASK, "stream": stream}).encode()
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)
        assert begun.wait(timeout=60)
        assert not stopped.is_set()
    assert wait_until(stopped.is_set)
