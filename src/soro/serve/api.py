"""The HTTP interface: OpenAI's chat completions and model list, a health check, and the page. Nothing is logged."""

import asyncio
import contextlib
import json
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from soro.serve.chat_request import ApiError, ChatRequest, parse_chat_request
from soro.serve.conversation import ContextExceeded, Prompt, make_prompt, with_letters
from soro.serve.engine import Engine, EngineError, Piece
from soro.serve.webpage import add_page

MAX_BODY_BYTES = 1 << 20
LEFT_OUT_HEADER = "soro-messages-left-out"


def create_app(engine: Engine) -> FastAPI:
    """The web application over a loaded model."""
    app = FastAPI(title="Soro", docs_url=None, redoc_url=None, openapi_url=None)
    created = int(time.time())
    card = {"id": engine.model.name, "object": "model", "created": created, "owned_by": "soro"}

    @app.exception_handler(ApiError)
    async def _api_error(_: Request, error: ApiError) -> JSONResponse:
        return JSONResponse(error.body, status_code=error.status)

    @app.exception_handler(HTTPException)
    async def _http_error(request: Request, error: HTTPException) -> JSONResponse:
        message = f"{request.method} {request.url.path}: {error.detail}."
        return JSONResponse(ApiError(message, code=f"http_{error.status_code}").body, status_code=error.status_code)

    @app.exception_handler(EngineError)
    async def _engine_error(_: Request, error: EngineError) -> JSONResponse:
        return JSONResponse(_engine_body(error), status_code=503)

    @app.exception_handler(Exception)
    async def _bug(_: Request, error: Exception) -> JSONResponse:
        message = f"The server failed: {type(error).__name__}."
        return JSONResponse(ApiError(message, kind="server_error").body, status_code=500)

    @app.get("/healthz")
    async def healthz() -> dict[str, Any]:
        return {
            "status": "ok",
            "model": engine.model.name,
            "context_tokens": engine.context_tokens,
            "num_slots": engine.num_slots,
            "num_busy": await engine.num_busy(),
        }

    @app.get("/v1/models")
    async def models() -> dict[str, Any]:
        return {"object": "list", "data": [card]}

    @app.get("/v1/models/{name:path}")
    async def model(name: str) -> dict[str, Any]:
        if name != engine.model.name:
            raise ApiError(
                f"The model {name!r} does not exist; here is {engine.model.name!r}.",
                status=404,
                param="model",
                code="model_not_found",
            )
        return card

    @app.post("/v1/chat/completions")
    async def chat_completions(request: Request) -> Response:
        chat = parse_chat_request(await _read_body(request))
        prompt = await _prompt_of(engine, chat)
        reply = _Reply(engine.model.name, len(prompt.tokens))
        headers = {LEFT_OUT_HEADER: str(prompt.num_messages_left_out), "cache-control": "no-store"}
        if chat.stream:
            events = _stream(engine, prompt, chat, reply)
            return StreamingResponse(events, media_type="text/event-stream", headers=headers)
        return await _unless_gone(request, _whole(engine, prompt, chat, reply, headers))

    add_page(app)
    return app


async def _read_body(request: Request) -> bytes:
    raw = bytearray()
    async for block in request.stream():
        raw += block
        if len(raw) > MAX_BODY_BYTES:
            raise ApiError(f"The body is larger than {MAX_BODY_BYTES:,} bytes.", status=413, code="body_too_large")
    return bytes(raw)


async def _prompt_of(engine: Engine, chat: ChatRequest) -> Prompt:
    messages = with_letters(chat.messages) if chat.restore_letters else chat.messages
    try:
        return await make_prompt(engine, messages, max_tokens=chat.sampling.max_tokens, leave_out=chat.leave_out)
    except ContextExceeded as error:
        raise ApiError(
            f"This model's maximum context length is {error.context_tokens} tokens, the messages are "
            f"{error.num_tokens} tokens. Shorten the messages.",
            param="messages",
            code="context_length_exceeded",
        ) from error


class _Reply:
    """The JSON bodies of one answer, whole or in chunks."""

    def __init__(self, model: str, num_prompt_tokens: int) -> None:
        self.num_prompt_tokens = num_prompt_tokens
        self.head = {"id": f"chatcmpl-{secrets.token_hex(12)}", "created": int(time.time()), "model": model}

    def usage(self, num_answer_tokens: int) -> dict[str, int]:
        return {
            "prompt_tokens": self.num_prompt_tokens,
            "completion_tokens": num_answer_tokens,
            "total_tokens": self.num_prompt_tokens + num_answer_tokens,
        }

    def whole(self, text: str, last: Piece) -> dict[str, Any]:
        message = {"role": "assistant", "content": text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": last.finish_reason}
        usage = self.usage(last.num_answer_tokens)
        return self.head | {"object": "chat.completion", "choices": [choice], "usage": usage}

    def chunk(self, delta: dict[str, str], finish_reason: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return self.head | {"object": "chat.completion.chunk", "choices": [choice]}

    def usage_chunk(self, num_answer_tokens: int) -> dict[str, Any]:
        usage = self.usage(num_answer_tokens)
        return self.head | {"object": "chat.completion.chunk", "choices": [], "usage": usage}


async def _whole(
    engine: Engine, prompt: Prompt, chat: ChatRequest, reply: _Reply, headers: dict[str, str]
) -> JSONResponse:
    pieces = [piece async for piece in engine.generate(prompt.tokens, chat.sampling)]
    text = "".join(piece.text for piece in pieces)
    return JSONResponse(reply.whole(text, pieces[-1]), headers=headers)


async def _unless_gone(request: Request, answer: Any) -> Response:
    """The awaited `answer`, or an empty response as soon as the client hangs up; the answer is then not finished."""
    task = asyncio.ensure_future(answer)
    gone = asyncio.ensure_future(request.receive())  # the body is read: the next message is the disconnect
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else Response(status_code=499)
    finally:
        for each in (task, gone):
            each.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _stream(engine: Engine, prompt: Prompt, chat: ChatRequest, reply: _Reply) -> AsyncIterator[bytes]:
    yield _event(reply.chunk({"role": "assistant", "content": ""}))
    try:
        async with contextlib.aclosing(engine.generate(prompt.tokens, chat.sampling)) as pieces:
            async for piece in pieces:
                if piece.text:
                    yield _event(reply.chunk({"content": piece.text}))
                if piece.finish_reason:
                    yield _event(reply.chunk({}, piece.finish_reason))
                    if chat.include_usage:
                        yield _event(reply.usage_chunk(piece.num_answer_tokens))
    except EngineError as error:
        yield _event(_engine_body(error))
        return
    yield b"data: [DONE]\n\n"


def _event(value: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def _engine_body(error: EngineError) -> dict[str, Any]:
    return ApiError(f"The model cannot answer now: {error}.", kind="server_error", code="engine_error").body
