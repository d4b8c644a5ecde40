"""The published weights of all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), proved to be unaltered."""

import hashlib
import json
from pathlib import Path

import numpy as np

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"

# SHA-256 as published with the original, huggingface.co/sentence-transformers/all-MiniLM-L6-v2.
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


class WrongFile(Exception):
    """A file of the encoder is not the published one."""


def verify(name: str, content: bytes) -> bytes:
    """The content of the file `name` as it came, if it is the published one. Raises WrongFile."""
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256[name]:
        raise WrongFile(
            f"{name} is not the published file: its SHA-256 is {found}, expected {SHA256[name]}. "
            "Delete it and fetch it again; if it stays wrong, do not use that source."
        )
    return content


def read_weights(path: Path) -> dict[str, np.ndarray]:
    """The tensors of a safetensors file by name, float32 (huggingface.co/docs/safetensors: the format)."""
    content = path.read_bytes()
    header_size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + header_size])
    header.pop("__metadata__", None)
    data = memoryview(content)[8 + header_size :]
    return {name: _tensor(data, entry) for name, entry in header.items()}


def _tensor(data: memoryview, entry: dict) -> np.ndarray:
    start, end = entry["data_offsets"]
    kinds = {"F32": np.float32, "F16": np.float16, "I64": np.int64}
    return np.frombuffer(data[start:end], kinds[entry["dtype"]]).reshape(entry["shape"])
