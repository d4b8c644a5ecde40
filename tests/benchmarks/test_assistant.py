"""The assistant as it is measured: on a data folder of its own."""

from pathlib import Path

from benchmarks.assistant import assistant
from encoder.sentence_encoder import GRAPH
from encoder.weights import TOKENIZER


def test_it_learns_without_what_earlier_trainings_kept(tmp_path: Path) -> None:
    assistant(tmp_path)

    assert {file.name for file in (tmp_path / "data" / "encoder").iterdir()} == {GRAPH, TOKENIZER}
    assert not (tmp_path / "data" / "encoder").is_symlink()
