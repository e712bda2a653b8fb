"""The pages of knowledge that stand beside an agency's configuration file."""

from pathlib import Path

from tembea.kernel.db import Tx
from tembea.knowledge.chunking import MARKDOWN
from tembea.knowledge.service import put_document
from tembea.tenants import ConfigError, TenantConfig

MAX_BYTES = 1_000_000
_TYPES = {".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": "text/plain"}


async def put_pages(tx: Tx, config: TenantConfig, folder: Path) -> None:
    """Take in every page that the configuration names; raises `ConfigError` for one that cannot be read."""
    for page in config.knowledge:
        path, content_type = _checked(folder, page.file)
        try:
            text = path.read_text(encoding="utf-8").replace("\x00", "")
        except UnicodeDecodeError as error:
            raise ConfigError(f"{path}: knowledge is text in UTF-8. Save the file anew in that encoding.") from error
        await put_document(tx, title=page.title, filename=path.name, content_type=content_type, text=text)


def _checked(folder: Path, name: str) -> tuple[Path, str]:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise ConfigError(f"{folder}: knowledge: there is no file “{name}” in this folder.")
    content_type = _TYPES.get(path.suffix.lower())
    if content_type is None or path.stat().st_size > MAX_BYTES:
        raise ConfigError(f"{path}: a page of knowledge is a Markdown or text file of at most 1 MB.")
    return path, content_type
