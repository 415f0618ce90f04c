import json
import re
import urllib.request
from importlib import resources

import pytest

from soro.serve.webpage import FILES, PLACEHOLDER, render_page
from soro.tajik.alphabet import OWN_LETTERS
from soro.tajik.interface import Interface, load_interface
from soro.tajik.repair import repair

PAGE = resources.files("soro.serve").joinpath("page")


def read(name: str) -> str:
    return PAGE.joinpath(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["/", *FILES])
def test_every_file_is_served_under_a_strict_policy(url: str, path: str) -> None:
    with urllib.request.urlopen(url + path, timeout=60) as reply:
        policy = reply.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.read()


@pytest.mark.parametrize("name", ["page.html", "soro.css", "soro.js", "icon.svg"])
def test_nothing_comes_from_another_host(name: str) -> None:
    links = re.findall(r"https?://[^\s\"']+|url\([^)]*\)|@import|//cdn[^\s\"']*", read(name))
    assert links in ([], ["http://www.w3.org/2000/svg"])


@pytest.mark.parametrize("name", ["page.html", "soro.css", "soro.js", "icon.svg"])
def test_the_page_itself_has_no_word_of_the_language(name: str) -> None:
    assert not re.search(r"[\u0400-\u04ff]", read(name))


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    words = set(load_interface().words)
    in_html = set(PLACEHOLDER.findall(read("page.html"))) - {"words_json"}
    script = read("soro.js")
    states = {"gone", "too_long", "failed", "empty", "stopped", "cut"}  # words[message.state]
    in_script = set(re.findall(r"words\.(\w+)", script)) | {state for state in states if f'"{state}"' in script}
    assert in_html | in_script == words


def test_words_cannot_break_the_page() -> None:
    odd = Interface(words={"title": '<b>"&'}, keys=["</script>"], examples=[])
    page = render_page('<title>{{ title }}</title><script type="application/json">{{ words_json }}</script>', odd)
    assert "<title>&lt;b&gt;&quot;&amp;</title>" in page
    block = page.split('json">')[1].removesuffix("</script>")
    assert "<" not in block
    assert json.loads(block)["keys"] == ["</script>"]


def test_the_words_are_spelled_with_the_right_letters() -> None:
    interface = load_interface()
    assert interface.keys == list(OWN_LETTERS)
    texts = [*interface.words.values(), *(text for example in interface.examples for text in example.values())]
    for text in texts:
        assert repair(text) == text.replace("\u00a0", " ")
