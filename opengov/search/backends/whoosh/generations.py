"""Where the index stands: a folder for each generation, and a pointer that names the one that answers.

    index/current.json            {"generation": "20261123-090412-5f3a", "commit": 7, "definition": "…"}
    index/20261123-090412-5f3a/   Whoosh's files

The pointer is replaced in one step and read again when it changed, so all processes follow a switch at their next question. A
build that dies leaves a folder that nothing points to; the next rebuild removes it.
"""

import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True)
class Pointer:
    generation: str
    commit: int
    definition: str


class Home:
    """The folder of one index, seen through one pointer: the one in use, or that of a generation in the making."""

    def __init__(self, path: Path, pointer: str = "current.json") -> None:
        self.path = path
        self.file = path / pointer

    def state(self) -> tuple[int, int] | None:
        """Changes whenever the pointer does; `None` where there is none. One `stat`."""
        try:
            found = self.file.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    def pointer(self) -> Pointer | None:
        try:
            return Pointer(**orjson.loads(self.file.read_bytes()))
        except FileNotFoundError:
            return None

    def point(self, pointer: Pointer) -> None:
        """Point there from now on."""
        draft = self.file.with_name(f"{secrets.token_hex(4)}.draft.json")
        with draft.open("wb") as file:
            file.write(orjson.dumps(asdict(pointer)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.file)

    def folder(self, generation: str) -> Path:
        return self.path / generation

    def new(self) -> str:
        """An empty folder for a generation to come."""
        generation = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        self.folder(generation).mkdir(parents=True)
        return generation

    def become(self, draft: "Home") -> None:
        """Let this pointer name what the draft's pointer names, in one step; the draft is used up."""
        draft.file.replace(self.file)

    def remove_all_but(self, generation: str | None) -> None:
        """Remove the other generations and what dead builds left. Processes that still read them keep the files open."""
        self.path.mkdir(parents=True, exist_ok=True)
        for found in self.path.iterdir():
            if found.is_dir() and found.name != generation:
                shutil.rmtree(found, ignore_errors=True)
            elif found.is_file() and found != self.file:
                found.unlink(missing_ok=True)
