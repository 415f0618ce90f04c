"""PDF files read in a process of their own: one that crashes the parser, hangs, or eats the memory costs that file.

python -m soro.corpus.extract.apart FILE REF LANG      one JSON object a document on stdout; used by `read_pdf_apart`
"""

import json
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile

from soro.core.errors import SoroError
from soro.corpus.raw import Raw, Unreadable, os_reason

MAX_MEMORY_BYTES = 2 << 30
STALL_S = 7_200  # a document is about fifty pages; OCR gives up on a page after two minutes
UNREADABLE, FAILED = 3, 4  # exit codes


def read_pdf_apart(source: Path | bytes, ref: str, lang: str, *, stall_s: float = STALL_S) -> Iterator[Raw]:
    """What `read_pdf` gives, from a process of its own; a crash becomes one Raw with `error` after the documents before it.

    Bytes go through a temporary file. Raises Unreadable as `read_pdf` does, and SoroError when a package is missing.
    """
    if isinstance(source, bytes):
        with NamedTemporaryFile(prefix="soro-", suffix=".pdf") as file:
            file.write(source)
            file.flush()
            yield from read_pdf_apart(Path(file.name), ref, lang, stall_s=stall_s)
        return
    command = [sys.executable, "-m", "soro.corpus.extract.apart", str(source), ref, lang]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as reader:
        watch = threading.Timer(stall_s, reader.kill)
        watch.start()
        try:
            assert reader.stdout and reader.stderr
            for line in reader.stdout:
                watch.cancel()
                yield Raw(**json.loads(line))
                watch = threading.Timer(stall_s, reader.kill)
                watch.start()
            reason = reader.stderr.read().strip()
            reader.wait()
        finally:
            watch.cancel()
            if reader.poll() is None:  # the caller wants no more
                reader.kill()
    if reader.returncode == UNREADABLE:
        raise Unreadable(reason)
    if reader.returncode == FAILED:
        raise SoroError(reason)
    if reader.returncode != 0:
        last = f": {reason.splitlines()[-1]}" if reason else ""
        yield Raw(
            ref=ref, error=f"the PDF reader broke down (exit {reader.returncode}){last}; what came before is kept"
        )


def main(arguments: list[str]) -> int:
    """Read one file and print its documents; the reason of a failure goes to stderr."""
    from soro.corpus.extract.pdf import read_pdf

    path, ref, lang = arguments
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    try:
        for raw in read_pdf(Path(path), ref, lang):
            print(json.dumps(asdict(raw)), flush=True)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return UNREADABLE
    except SoroError as error:
        print(error, file=sys.stderr)
        return FAILED
    except OSError as error:
        print(f"cannot be read: {os_reason(error)}", file=sys.stderr)
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
