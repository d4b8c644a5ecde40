"""The stand-in for TensorFlow lets Rasa import, and refuses to compute."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Runs code in a process of its own, because what it imports stays imported."""
    return subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, timeout=120)


def test_it_says_that_it_is_a_stand_in() -> None:
    assert run("import tensorflow; print(tensorflow.__version__)").stdout == "2.12.0+standin\n"


def test_its_names_can_be_subclassed_annotated_and_decorate_while_a_module_is_imported(tmp_path: Path) -> None:
    (tmp_path / "layers.py").write_text(
        "import tensorflow as tf\n"
        "from tensorflow.keras.utils import Sequence\n"
        "from keras import Model\n"
        "class Layer(tf.keras.layers.Layer, Sequence): pass\n"
        "@tf.function(reduce_retracing=True)\n"
        "def call(x: tf.Tensor) -> tf.Tensor: return x\n"
        "@tf.function\n"
        "def other(x): return x\n"
        "SPEC = tf.TensorSpec(shape=(1,), dtype=tf.float32)\n"
    )

    use = "import layers; print(layers.other(3), layers.call(4))"
    told = run(f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {use}")

    assert told.stdout == "3 4\n", told.stderr


@pytest.mark.parametrize(
    "use",
    ["tensorflow.constant(1)", "tensorflow.keras.layers.Dense(3)", "tensorflow.math.add(1, 2)", "keras.Model()"],
)
def test_it_refuses_to_compute_and_says_what_to_do(use: str) -> None:
    told = run(f"import tensorflow, keras\n{use}")

    assert told.returncode != 0
    assert "needs TensorFlow" in told.stderr
    assert "standin/README.md" in told.stderr


def test_it_names_the_component_that_asked() -> None:
    component = "class DIETClassifier:\n    def train(self): tensorflow.constant(1)"
    told = run(f"import tensorflow\n{component}\nDIETClassifier().train()")

    assert "The component DIETClassifier needs TensorFlow (tensorflow.constant)" in told.stderr


def test_thinc_sees_no_tensorflow_to_work_with() -> None:
    assert run("import thinc.compat; print(thinc.compat.has_tensorflow)").stdout == "False\n"


def test_an_isinstance_check_against_a_tensor_is_false() -> None:
    assert run("import tensorflow; print(isinstance(3, tensorflow.Tensor))").stdout == "False\n"


@pytest.mark.slow
def test_a_configuration_with_diet_is_refused_in_training_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text(
        "recipe: default.v1\nlanguage: en\nassistant_id: x\n"
        "pipeline: [{name: WhitespaceTokenizer}, {name: CountVectorsFeaturizer}, {name: DIETClassifier, epochs: 1}]\n"
    )
    sentences = [f"    - {word} {number}" for word in ("hello", "hi") for number in range(5)]
    (tmp_path / "nlu.yml").write_text(
        'version: "3.1"\nnlu:\n'
        + "\n".join(f"- intent: {intent}\n  examples: |\n" + "\n".join(sentences) for intent in ("one", "two"))
    )

    command = [sys.executable, "-m", "rasa", "train", "nlu", "--config", "config.yml", "--nlu", "nlu.yml"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=180)

    assert told.returncode != 0
    assert "The component DIETClassifier needs TensorFlow" in told.stdout + told.stderr


def test_what_is_installed_fits_together() -> None:
    uv = ROOT / "var" / "tools" / "bin" / "uv"
    told = subprocess.run([uv, "pip", "check", "--python", sys.executable], capture_output=True, text=True, timeout=120)

    assert told.returncode == 0, told.stderr
