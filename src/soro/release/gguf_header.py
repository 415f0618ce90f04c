"""What a GGUF says about itself, through the `gguf` package: the only file of this stage that knows it."""

from dataclasses import dataclass
from pathlib import Path

from soro.core.errors import SoroError, missing_extra

MODIFIED_KEY = "soro.modified"


@dataclass(frozen=True, kw_only=True)
class GgufHeader:
    """`modified` is the mark that the Gemma Terms ask for on a changed file; empty where there is none."""

    architecture: str
    tokenizer: str
    chat_template: str
    modified: str
    num_tensors: int
    num_parameters: int


def read_gguf_header(path: Path) -> GgufHeader:
    """The header of `path`, whose tensors are all there. Raises SoroError for a file that is none, or is cut short."""
    try:
        import gguf
    except ImportError as error:
        raise missing_extra("gguf", "quantize") from error
    try:
        reader = gguf.GGUFReader(path)
    except (ValueError, IndexError, KeyError, OverflowError, UnicodeDecodeError) as error:
        raise SoroError(f"{path} is not a whole GGUF file ({error}); copy or build it again") from error

    def text(key: str) -> str:
        field = reader.get_field(key)
        return "" if field is None else str(field.contents())

    return GgufHeader(
        architecture=text("general.architecture"),
        tokenizer=text("tokenizer.ggml.model"),
        chat_template=text("tokenizer.chat_template"),
        modified=text(MODIFIED_KEY),
        num_tensors=len(reader.tensors),
        num_parameters=sum(int(tensor.n_elements) for tensor in reader.tensors),
    )
