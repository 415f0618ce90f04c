"""Where the server listens: the bound socket, and the addresses that a phone on the same network can open."""

import contextlib
import errno
import socket
import struct

from soro.core.errors import SoroError

SIOCGIFADDR = 0x8915  # Linux: the IPv4 address of an interface; man 7 netdevice
BACKLOG = 128


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens on `host`:`port` (0 picks a free port). Raises SoroError naming the port or host."""
    if not 0 <= port <= 65535:
        raise SoroError(f"PORT is {port}, must be from 0 to 65535")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise SoroError(f"HOST is {host!r}, which is no address of this computer; use 127.0.0.1 or 0.0.0.0") from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise _bind_error(error, host, port) from error
    return listener


def _bind_error(error: OSError, host: str, port: int) -> SoroError:
    if error.errno == errno.EADDRINUSE:
        return SoroError(f"port {port} is taken by another program; choose another one, for example PORT={port + 1}")
    if error.errno in (errno.EACCES, errno.EPERM):
        return SoroError(f"port {port} needs more rights than this user has; choose one above 1023, such as PORT=8080")
    if error.errno == errno.EADDRNOTAVAIL:
        return SoroError(f"HOST is {host!r}, which is no address of this computer; use 127.0.0.1 or 0.0.0.0")
    return SoroError(f"cannot listen on {host}, port {port}: {error.strerror}")


def urls_of(listener: socket.socket) -> list[str]:
    """The addresses to open, this computer's first; on 0.0.0.0 also those of the local network."""
    host, port = listener.getsockname()[:2]
    if host not in ("0.0.0.0", "::"):
        return [f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"]
    return [f"http://127.0.0.1:{port}"] + [f"http://{address}:{port}" for address in network_addresses()]


def network_addresses() -> list[str]:
    """This computer's IPv4 addresses on its networks, loopback left out; nothing is sent to find them."""
    try:
        import fcntl
    except ImportError:  # not a Unix
        return [a for a in socket.gethostbyname_ex(socket.gethostname())[2] if not a.startswith("127.")]
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # an interface without an IPv4 address
                reply = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(reply[20:24]))
    return [address for address in found if not address.startswith("127.")]
