"""From the messages of a request to the tokens of a prompt that fits the context.

Three rules: text that looks like a control token is only text; neighbours in the same role are joined, because Gemma's
template wants user and model to alternate; and a conversation that outgrew the context loses its oldest turns when the
caller asked for that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from soro.serve.engine import Engine
from soro.tajik.restore import restore

ZERO_WIDTH_SPACE = "\u200b"
MAX_RESERVED_FRACTION = 0.25  # of the context, kept free for the answer when turns are left out

Message = dict[str, str]


class ContextExceeded(Exception):
    """The prompt has `num_tokens`, the context holds `context_tokens`, answer included."""

    def __init__(self, num_tokens: int, context_tokens: int) -> None:
        super().__init__(f"{num_tokens} of {context_tokens} tokens")
        self.num_tokens, self.context_tokens = num_tokens, context_tokens


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """Token ids for the engine, and how many messages from the front were left out."""

    tokens: tuple[int, ...]
    num_messages_left_out: int = 0


def neutralise(text: str, control_tokens: Iterable[str]) -> str:
    """`text` with a zero-width space inside each look-alike of a control token, so that it is read as plain text."""
    for token in control_tokens:
        if token in text:
            text = text.replace(token, token[:1] + ZERO_WIDTH_SPACE + token[1:])
    return text


def join_neighbours(messages: Sequence[Message]) -> list[Message]:
    """System messages joined and first, then user and assistant in turn; neighbours in the same role become one."""
    system = "\n\n".join(message["content"] for message in messages if message["role"] == "system")
    joined: list[Message] = [{"role": "system", "content": system}] if system else []
    for message in messages:
        if message["role"] == "system":
            continue
        if joined and joined[-1]["role"] == message["role"]:
            joined[-1] = message | {"content": f"{joined[-1]['content']}\n\n{message['content']}"}
        else:
            joined.append(dict(message))
    return joined


def with_letters(messages: Sequence[Message]) -> list[Message]:
    """The messages, those of the user as their writer meant them where the keyboard lacked Tajik letters."""
    return [m | {"content": restore(m["content"])} if m["role"] == "user" else m for m in messages]


async def make_prompt(engine: Engine, messages: Sequence[Message], *, max_tokens: int, leave_out: bool) -> Prompt:
    """The prompt of a conversation that begins (after system messages) and ends with the user.

    With `leave_out` the fewest oldest turns go that make room for the answer. Raises ContextExceeded when it does not
    fit, and EngineError when the model's template refuses the messages.
    """
    clean = [m | {"content": neutralise(m["content"], engine.model.control_tokens)} for m in join_neighbours(messages)]
    num_fixed = int(clean[0]["role"] == "system")
    num_turns = (len(clean) - num_fixed - 1) // 2

    async def without(num_left_out: int) -> tuple[int, ...]:
        kept = clean[:num_fixed] + clean[num_fixed + 2 * num_left_out :]
        return tuple(await engine.tokenize(await engine.render(kept)))

    tokens = await without(0)
    reserved = min(max_tokens, int(engine.context_tokens * MAX_RESERVED_FRACTION)) if leave_out and num_turns else 1
    low = 0
    if leave_out and len(tokens) + reserved > engine.context_tokens:
        low, high = 1, num_turns
        while low < high:
            middle = (low + high) // 2
            if len(await without(middle)) + reserved > engine.context_tokens:
                low = middle + 1
            else:
                high = middle
        low = min(low, num_turns)
        tokens = await without(low)
    if len(tokens) >= engine.context_tokens:
        raise ContextExceeded(len(tokens), engine.context_tokens)
    return Prompt(tokens=tokens, num_messages_left_out=2 * low)
