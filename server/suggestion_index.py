"""Makes the suggestions in a process of their own: `python -m server.suggestion_index` writes them to its output.

Made in the server, they would hold up its first turns for a second, and leave it 18 MB larger; so it is 3 MB
(November 2026).
"""

import logging
import pickle
import subprocess
import sys

from clinic.suggestions import Suggestions
from storage.settings import ROOT
from storage.training_files import read_sentences

logger = logging.getLogger(__name__)


def prepared() -> Suggestions:
    """From the sentences of data/nlu.yml; from the titles alone, with an error in the log, when they cannot be read."""
    made = subprocess.run([sys.executable, "-m", "server.suggestion_index"], cwd=ROOT, capture_output=True, check=False)
    if made.returncode:
        reason = made.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.error("suggestions go by the titles alone, the sentences could not be read: %s", reason)
        return Suggestions()
    suggestions: Suggestions = pickle.loads(made.stdout)
    return suggestions


if __name__ == "__main__":
    pickle.dump(Suggestions(read_sentences(ROOT / "data" / "nlu.yml")), sys.stdout.buffer)
