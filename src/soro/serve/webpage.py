"""The chat page: four files of `page/` with the words of the language put in. Nothing comes from another host."""

import html
import json
import re
from importlib import resources

from fastapi import FastAPI
from fastapi.responses import Response

from soro.tajik.interface import Interface, load_interface

FILES = {
    "/soro.css": ("soro.css", "text/css"),
    "/soro.js": ("soro.js", "text/javascript"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
}
PLACEHOLDER = re.compile(r"\{\{ (\w+) \}\}")


def add_page(app: FastAPI) -> None:
    """Serve the page at `/` and its files beside it."""
    interface = load_interface()
    _serve(app, "/", render_page(_read("page.html"), interface), "text/html")
    for route, (name, media_type) in FILES.items():
        _serve(app, route, _read(name), media_type)


def _serve(app: FastAPI, route: str, text: str, media_type: str) -> None:
    async def send() -> Response:
        return Response(text, media_type=f"{media_type}; charset=utf-8", headers=HEADERS)

    app.add_api_route(route, send, methods=["GET", "HEAD"], include_in_schema=False)


def _read(name: str) -> str:
    return resources.files("soro.serve").joinpath("page", name).read_text(encoding="utf-8")


def render_page(template: str, interface: Interface) -> str:
    """The HTML with each `{{ word }}` replaced; `{{ words_json }}` is what the script needs, as a data block."""
    data = {"words": interface.words, "keys": interface.keys, "examples": interface.examples}
    # "<" could end the block early
    words_json = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")

    def replace(match: re.Match[str]) -> str:
        key = match.group(1)
        return words_json if key == "words_json" else html.escape(interface.words[key])

    return PLACEHOLDER.sub(replace, template)
