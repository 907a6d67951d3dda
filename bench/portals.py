"""Portals to measure on: 300 seeded datasets, or as many as one likes, each with a database, index and files of its own.

They stay in `var/bench/<number>/`, so that only the first run makes them; remove the folder to have one made anew.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDED = 300
ADDRESS = "http://127.0.0.1:{port}"


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Production's settings, but for HTTPS, which is a proxy's to add."""
    own = {"DEBUG": "0", "HTTPS": "0", "SECRET_KEY": "for this run alone", "LOG_LEVEL": "ERROR", "VAR_DIR": str(folder)}
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SEARCH_URL", "REDIS_URL")}
    return kept | own | more


def portal_of(datasets: int, source: Path | None = None) -> Path:
    """The folder of a portal with so many datasets: the demonstration for 300, else full records from real data in `source`."""
    folder = ROOT / "var" / "bench" / str(datasets)
    folder.mkdir(parents=True, exist_ok=True)
    _manage(folder, "migrate")
    if not (folder / "filled").exists():
        volume = ["make_catalogue", "--datasets", str(datasets), "--source", str(source), "--no-index"]
        print(f"Making a portal of {datasets:,} datasets in {folder} …", file=sys.stderr)
        for command in (["seed_demo"] if datasets == SEEDED else volume, ["rebuild_index"]):
            _manage(folder, *command)
        (folder / "filled").touch()
    _manage(folder, "compile_translations")
    _manage(folder, "collectstatic", "--noinput")
    return folder


def _manage(folder: Path, *arguments: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(command, cwd=ROOT, env=environment(folder), stdout=subprocess.DEVNULL, check=True)
