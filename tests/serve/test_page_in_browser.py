"""The page in a real browser, as a pupil uses it. Skipped without Chromium, unless SORO_REQUIRE_BROWSER is set."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Any

import pytest

from soro.serve.engine import Engine, EngineError, Piece
from tests.serve.conftest import serving, wait_until

ANSWER = "Ҷавоб: **муҳим** <i>ҳаст</i>\n- якум\n- дуюм `а<б`"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def unavailable(reason: str) -> None:
    if os.environ.get("SORO_REQUIRE_BROWSER"):
        pytest.fail(f"{reason}, and SORO_REQUIRE_BROWSER is set")
    pytest.skip(reason)


class Page:
    """The open page: what a pupil sees and touches."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def one(self, css: str) -> Any:
        return self.driver.find_element("css selector", css)

    def texts(self, css: str) -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map((node) => node.textContent)"
        return list(self.driver.execute_script(script, css))

    def typed(self) -> str:
        return str(self.one("#question").get_property("value"))

    def answered(self) -> bool:
        return self.texts(".soro") != [] and not self.driver.find_elements("css selector", '[aria-busy="true"]')


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    controller = shutil.which("chromedriver")
    if not browser or not controller:
        unavailable("no chromium with chromedriver is installed")
    try:
        from selenium import webdriver
    except ImportError:
        unavailable("selenium is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = browser or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in [*ARGUMENTS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(argument)
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(controller))
    yield chrome
    chrome.quit()


@pytest.fixture
def page(driver: Any, url: str) -> Iterator[Page]:
    """The page as on a first visit; at the end nothing may have been refused by the policy or gone wrong in it."""
    metrics = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.get(url)
    driver.execute_script("localStorage.clear()")
    driver.refresh()
    driver.get_log("browser")
    yield Page(driver)
    expected = ("net::ERR_", "status of 400", "status of 503")
    faults = [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    assert not [fault for fault in faults if not any(sign in fault for sign in expected)]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    async def generate(self: Engine, *_: object) -> AsyncGenerator[Piece, None]:
        while True:
            yield Piece(text="ҳоло ", num_answer_tokens=1)
            await asyncio.sleep(0.02)

    monkeypatch.setattr(Engine, "generate", generate)


def test_a_pupil_asks_and_comes_back(page: Page, force_answer: Callable[[str], None]) -> None:
    force_answer(ANSWER)
    question = page.one("#question")
    question.send_keys("Саволи аш")
    page.driver.execute_script("arguments[0].setSelectionRange(7, 7)", question)
    page.one('[data-letter="ҷ"]').click()
    page.one("#shift").click()
    page.one('[data-letter="ҳ"]').click()
    page.one('[data-letter="ғ"]').click()
    assert page.typed() == "Саволи ҷҲғаш"
    question.send_keys("!\ue008\ue007\ue008")  # Shift+Enter breaks the line at the caret
    assert page.typed() == "Саволи ҷҲғ!\nаш"
    question.send_keys("\ue007")
    assert wait_until(page.answered)
    assert page.texts(".user p") == ["Саволи ҷҲғ!\nаш"]
    assert page.texts(".soro .text p") == ["Ҷавоб: муҳим <i>ҳаст</i>"]
    assert page.texts(".soro .text li") == ["якум", "дуюм а<б"]
    assert page.texts(".soro strong") == ["муҳим"]
    assert page.texts(".soro code") == ["а<б"]
    assert page.texts(".soro i") == []
    assert page.typed() == ""
    shown = page.texts("#conversation article")
    page.driver.refresh()
    assert page.texts("#conversation article") == shown
    page.one("#new").click()
    assert page.texts("#conversation article") == []
    assert page.one("#welcome").is_displayed()
    page.driver.refresh()
    assert page.texts("#conversation article") == []


def test_a_long_press_writes_a_capital(page: Page) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(page.driver).click_and_hold(page.one('[data-letter="ҷ"]')).perform()
    assert wait_until(lambda: page.typed() == "Ҷ")
    ActionChains(page.driver).release().perform()
    page.one('[data-letter="ӯ"]').click()
    assert page.typed() == "Ҷӯ"


def test_an_example_question_is_asked_with_a_click(page: Page, force_answer: Callable[[str], None]) -> None:
    force_answer("75")
    page.one("#examples button").click()
    assert wait_until(page.answered)
    assert page.texts(".soro .text") == ["75"]
    assert len(page.texts(".user p")) == 1


def test_an_answer_can_be_stopped_and_stays(page: Page, slow: None) -> None:
    page.one("#question").send_keys("Нақл кун\ue007")
    assert wait_until(lambda: "ҳоло ҳоло" in "".join(page.texts(".soro .text")))
    page.one("#stop").click()
    assert wait_until(page.answered)
    assert len(page.texts(".remark")) == 1
    shown = page.texts(".soro .text")
    assert page.one("#send").is_displayed()
    assert not page.one("#stop").is_displayed()
    page.driver.refresh()
    assert page.texts(".soro .text") == shown


def test_a_reload_in_the_middle_keeps_what_was_written(page: Page, slow: None) -> None:
    page.one("#question").send_keys("Нақл кун\ue007")
    assert wait_until(lambda: "ҳоло ҳоло" in "".join(page.texts(".soro .text")))
    page.driver.refresh()
    assert page.answered()
    assert "ҳоло ҳоло" in page.texts(".soro .text")[0]


def test_a_question_that_is_too_long_is_explained(page: Page) -> None:
    page.driver.execute_script("document.getElementById('question').value = arguments[0]", "савол " * 500)
    page.one("#question").send_keys("\ue007")
    assert wait_until(page.answered)
    assert len(page.texts(".remark.alarm")) == 1
    assert not page.driver.find_elements("css selector", ".remark.alarm button")


def test_after_an_error_the_question_can_be_asked_again(
    page: Page, force_answer: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Engine.tokenize

    async def broken(self: Engine, _: str) -> list[int]:
        raise EngineError("gone")

    monkeypatch.setattr(Engine, "tokenize", broken)
    page.one("#question").send_keys("Салом\ue007")
    assert wait_until(page.answered)
    assert len(page.texts(".remark.alarm button")) == 1
    monkeypatch.setattr(Engine, "tokenize", plain)
    force_answer("Салом!")
    page.one(".remark.alarm button").click()
    assert wait_until(lambda: page.texts(".soro .text") == ["Салом!"])
    assert page.texts(".remark") == []
    assert page.texts(".user p") == ["Салом"]


def test_a_server_that_is_gone_is_explained(page: Page, engine: Engine) -> None:
    with serving(engine) as address:
        page.driver.get(address)
        assert page.one("#welcome").is_displayed()
    page.one("#question").send_keys("Салом\ue007")
    assert wait_until(page.answered)
    assert len(page.texts(".remark.alarm")) == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out(page: Page, force_answer: Callable[[str], None], width: int) -> None:
    force_answer("ҷ" * 90)
    metrics = {"width": width, "height": 740, "deviceScaleFactor": 1, "mobile": width < 500}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    page.driver.refresh()
    page.one("#question").send_keys("ғ" * 90 + "\ue007")
    assert wait_until(page.answered)
    script = """return [...document.querySelectorAll("body *")].filter((node) => {
        const box = node.getBoundingClientRect();
        return box.width > 1 && (box.left < 0 || box.right > innerWidth);
    }).map((node) => node.outerHTML)"""
    assert page.driver.execute_script(script) == []
    assert page.one('[data-letter="ҷ"]').is_displayed()


def test_every_control_has_a_name(page: Page) -> None:
    script = """return [...document.querySelectorAll("button, textarea")].filter((node) =>
        !(node.getAttribute("aria-label") || node.textContent.trim())).map((node) => node.outerHTML)"""
    assert page.driver.execute_script(script) == []
    assert page.one("html").get_attribute("lang") == "tg"
    assert page.one("#status").get_attribute("aria-live") == "polite"
