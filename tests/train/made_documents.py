"""Documents that differ in a number."""

from soro.core.documents import Document

SENTENCES = [
    "Дар боғи мо дарахтони себ ва нок мерӯянд, ва мо онҳоро ҳар баҳор об медиҳем.",
    "Кӯҳҳои Помир баланд ҳастанд ва дар қуллаҳои онҳо барф об намешавад.",
    "Омӯзгор ба шогирдон гуфт, ки китобро бодиққат хонанд.",
]


def document(i: int, lang: str = "tgk", source: str = "made") -> Document:
    text = f"{SENTENCES[i % 3]} {i} " * 8
    return Document(id=f"{source}/{i}", source=source, lang=lang, licence="", tier="own", url="", title="", text=text)
