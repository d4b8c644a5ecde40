"""Turns the published weights into a graph that ONNX Runtime executes; run once, at set-up.

The graph is BERT as all-MiniLM-L6-v2 uses it (Devlin et al. 2018; Wang et al. 2020): word,
position and type embeddings, six transformer blocks, the mean over all tokens, length one.
This is the only module that needs the package `onnx`.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from encoder.weights import read_weights

LAYERS, HEADS, SIZE = 6, 12, 384
HEAD_SIZE = SIZE // HEADS
LAYER_NORM_EPSILON = 1e-12


def convert(weights: Path, graph: Path, quantized: Path) -> None:
    """Writes the float32 graph and its int8 version (weights rounded per output channel)."""
    onnx.save(build(read_weights(weights)), graph)
    quantize_dynamic(graph, quantized, per_channel=True, weight_type=QuantType.QInt8)


def build(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Inputs `ids` and `mask` (int64, texts x tokens); output `vectors` (float32, texts x 384, length 1)."""
    graph = _Graph(weights)
    hidden = graph.embeddings()
    blocked = graph.mask_for_attention()
    for layer in range(LAYERS):
        hidden = graph.block(hidden, blocked, f"encoder.layer.{layer}")
    graph.mean_of_tokens(hidden)
    shape = ["texts", "tokens"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("ids", "mask")],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", SIZE])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    onnx.checker.check_model(model)
    return model


class _Graph:
    """Collects nodes and constants while the model is written down from input to output."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def embeddings(self) -> str:
        words = self.node("Gather", self.weight("embeddings.word_embeddings.weight"), "ids")
        length = self.node("Slice", self.node("Shape", "ids"), *map(self.ints, ([1], [2])))
        positions = self.node(
            "Slice", self.weight("embeddings.position_embeddings.weight"), self.ints([0]), length, self.ints([0])
        )
        types = self.constant(self.weights["embeddings.token_type_embeddings.weight"][0])
        summed = self.node("Add", self.node("Add", words, positions), types)
        return self.layer_norm(summed, "embeddings.LayerNorm")

    def mask_for_attention(self) -> str:
        """0 where there is a token, a large negative number where there is padding."""
        mask = self.node("Cast", "mask", to=TensorProto.FLOAT)
        per_head = self.node("Unsqueeze", mask, self.ints([1, 2]))
        return self.node("Mul", self.node("Sub", per_head, self.number(1)), self.number(1e9))

    def block(self, hidden: str, blocked: str, name: str) -> str:
        query, key, value = (
            self.heads(self.dense(hidden, f"{name}.attention.self.{part}")) for part in ("query", "key", "value")
        )
        scores = self.node("MatMul", query, self.node("Transpose", key, perm=[0, 1, 3, 2]))
        scaled = self.node("Div", scores, self.number(HEAD_SIZE**0.5))
        attention = self.node("Softmax", self.node("Add", scaled, blocked), axis=-1)
        context = self.node("Transpose", self.node("MatMul", attention, value), perm=[0, 2, 1, 3])
        joined = self.node("Reshape", context, self.ints([0, 0, SIZE]))
        attended = self.dense(joined, f"{name}.attention.output.dense")
        hidden = self.layer_norm(self.node("Add", attended, hidden), f"{name}.attention.output.LayerNorm")
        wide = self.gelu(self.dense(hidden, f"{name}.intermediate.dense"))
        narrow = self.dense(wide, f"{name}.output.dense")
        return self.layer_norm(self.node("Add", narrow, hidden), f"{name}.output.LayerNorm")

    def mean_of_tokens(self, hidden: str) -> None:
        mask = self.node("Unsqueeze", self.node("Cast", "mask", to=TensorProto.FLOAT), self.ints([2]))
        summed = self.node("ReduceSum", self.node("Mul", hidden, mask), self.ints([1]), keepdims=0)
        mean = self.node("Div", summed, self.node("ReduceSum", mask, self.ints([1]), keepdims=0))
        length = self.node("ReduceL2", mean, axes=[1], keepdims=1)
        self.nodes.append(helper.make_node("Div", [mean, length], ["vectors"]))

    def heads(self, hidden: str) -> str:
        split = self.node("Reshape", hidden, self.ints([0, 0, HEADS, HEAD_SIZE]))
        return self.node("Transpose", split, perm=[0, 2, 1, 3])

    def dense(self, hidden: str, name: str) -> str:
        weight = self.constant(self.weights[f"{name}.weight"].T)
        return self.node("Add", self.node("MatMul", hidden, weight), self.weight(f"{name}.bias"))

    def layer_norm(self, hidden: str, name: str) -> str:
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.node("LayerNormalization", hidden, scale, shift, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def gelu(self, hidden: str) -> str:
        erf = self.node("Erf", self.node("Div", hidden, self.number(2**0.5)))
        half = self.node("Mul", hidden, self.number(0.5))
        return self.node("Mul", half, self.node("Add", erf, self.number(1)))

    def node(self, kind: str, *inputs: str, **attributes: object) -> str:
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output

    def weight(self, name: str) -> str:
        return self.constant(self.weights[name])

    def number(self, value: float) -> str:
        return self.constant(np.array(value, np.float32))

    def ints(self, values: list[int]) -> str:
        return self.constant(np.array(values, np.int64))

    def constant(self, value: np.ndarray) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name
