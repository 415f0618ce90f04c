import socket

import pytest

from soro.core.errors import SoroError
from soro.serve.addresses import bind, network_addresses, urls_of


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with bind("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(SoroError, match=rf"port {port} is taken .* PORT={port + 1}"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_cannot_be_is_refused(port: int) -> None:
    with pytest.raises(SoroError, match=f"PORT is {port}"):
        bind("127.0.0.1", port)


@pytest.mark.parametrize("host", ["no such host", "203.0.113.7"])
def test_a_host_of_another_computer_is_refused(host: str) -> None:
    with pytest.raises(SoroError, match=f"HOST is '{host}'"):
        bind(host, 0)


def test_one_address_on_this_computer_alone() -> None:
    with bind("127.0.0.1", 0) as listener:
        assert urls_of(listener) == [f"http://127.0.0.1:{listener.getsockname()[1]}"]


def test_every_network_on_all_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soro.serve.addresses.network_addresses", lambda: ["192.168.1.5"])
    with bind("0.0.0.0", 0) as listener:
        port = listener.getsockname()[1]
        assert urls_of(listener) == [f"http://127.0.0.1:{port}", f"http://192.168.1.5:{port}"]


def test_network_addresses_are_addresses() -> None:
    for address in network_addresses():
        assert socket.inet_aton(address)
        assert not address.startswith("127.")
