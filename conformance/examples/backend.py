#!/usr/bin/env python3
"""Cross-correlation in plain Python, as a backend of convspec: a process that answers JSON lines.

Try it with   npx convspec run --command "python3 conformance/examples/backend.py" --operator correlate
The protocol is described in conformance/protocol.md.
"""

import base64
import itertools
import json
import math
import sys
from array import array

TYPECODES = {"f32": "f", "f64": "d"}


class Tensor:
    """Row-major values with a shape; any index outside of the shape is invalid."""

    def __init__(self, dtype, shape, values):
        self.dtype, self.shape, self.values = dtype, shape, values

    def offset(self, index):
        offset = 0
        for i, extent in zip(index, self.shape):
            if not 0 <= i < extent:
                return None
            offset = offset * extent + i
        return offset


def decode(message):
    values = array(TYPECODES[message["dtype"]])
    values.frombytes(base64.b64decode(message["data"]))
    if sys.byteorder == "big":
        values.byteswap()
    return Tensor(message["dtype"], message["shape"], values)


def encode(tensor):
    values = array(TYPECODES[tensor.dtype], tensor.values)
    if sys.byteorder == "big":
        values.byteswap()
    data = base64.b64encode(values.tobytes()).decode("ascii")
    return {"dtype": tensor.dtype, "shape": tensor.shape, "data": data}


def require(holds, message):
    if not holds:
        raise ValueError(message)


def is_count(value, least=1):
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def check(inputs, attributes):
    """The constraints of CORR-3, 4 and 6 to 8, but for those of the padding, which `pads` and `extents` hold."""
    require("V" in inputs and "K" in inputs, "inputs V and K are required")
    V, K, b = inputs["V"], inputs["K"], inputs.get("b")
    require(len({tensor.dtype for tensor in inputs.values()}) == 1, "inputs must have one number format")
    axes = len(V.shape) - 2
    require(1 <= axes <= 3, f"V must have rank 3 to 5, got shape {V.shape}")
    require(len(K.shape) == len(V.shape), f"K must have the rank of V, got shape {K.shape}")
    for name, tensor in inputs.items():
        for axis, extent in enumerate(tensor.shape):
            least = 0 if name == "V" and axis == 0 else 1
            require(is_count(extent, least), f"extent {axis} of {name} must be positive, got {extent}")
    groups = attributes["groups"]
    require(is_count(groups), f"groups must be a positive integer, got {groups}")
    require(K.shape[0] % groups == 0, f"groups must divide {K.shape[0]} output channels, got {groups}")
    require(V.shape[1] == groups * K.shape[1], f"V must have {groups * K.shape[1]} channels, got {V.shape[1]}")
    require(b is None or b.shape == [K.shape[0]], "b must have one element for each output channel")
    for name in ("stride", "dilation"):
        value = attributes[name]
        require(isinstance(value, list) and len(value) == axes, f"{name} must have {axes} entries, got {value}")
        require(all(is_count(entry) for entry in value), f"{name} must be positive integers, got {value}")
    require(attributes["rounding"] in ("floor", "ceil", "strict"), f"unknown rounding {attributes['rounding']}")


def pads(padding, axis, axes, n, e, s):
    """SHAPE-1, 3, 4, 5: the cells of padding before and after one axis of n cells, under a kernel spanning e."""
    if padding == "valid":
        return 0, 0
    if padding == "full":
        return e - 1, e - 1
    if padding in ("same", "same-lower"):
        total = max((math.ceil(n / s) - 1) * s + e - n, 0)
        less = total // 2
        return (less, total - less) if padding == "same" else (total - less, less)
    require(isinstance(padding, list) and len(padding) == axes, f"unknown padding {padding}")
    require(all(isinstance(pair, list) and len(pair) == 2 for pair in padding), f"padding must be pairs, got {padding}")
    require(all(is_count(cells, 0) for pair in padding for cells in pair), f"padding must be counts, got {padding}")
    return tuple(padding[axis])


def extent(n, e, s, begin, end, rounding):
    """SHAPE-2: how many steps of s a kernel spanning e cells has room for."""
    room = n + begin + end - e
    require(room >= 0, f"the kernel spans {e} cells, the padded input only {n + begin + end}")
    require(rounding != "strict" or room % s == 0, f"stride {s} does not divide {room}")
    count = room // s + 1
    # Under ceil one more window takes the cells that are left over, if it begins within the input.
    return count + 1 if rounding == "ceil" and room % s != 0 and count * s - begin < n else count


def correlate(inputs, attributes):
    """CORR-9: Z[n,o,p] = b[o] + sum over c, k of V[n, g(o) C + c, p s + k d - a] K[o,c,k]"""
    check(inputs, attributes)
    V, K, b = inputs["V"], inputs["K"], inputs.get("b")
    s, d, padding = attributes["stride"], attributes["dilation"], attributes["padding"]
    (N, _, *X), (O, C, *R) = V.shape, K.shape
    axes = range(len(X))
    spans = [(R[i] - 1) * d[i] + 1 for i in axes]
    a = [pads(padding, i, len(X), X[i], spans[i], s[i]) for i in axes]
    P = [extent(X[i], spans[i], s[i], *a[i], attributes["rounding"]) for i in axes]

    Z = Tensor(V.dtype, [N, O, *P], [])
    for n, o, *p in itertools.product(range(N), range(O), *map(range, P)):
        first = o // (O // attributes["groups"]) * C
        total = b.values[o] if b else 0.0
        for c, *k in itertools.product(range(C), *map(range, R)):
            at = V.offset([n, first + c, *(p[i] * s[i] + k[i] * d[i] - a[i][0] for i in axes)])
            if at is not None:  # a term whose index is not valid is no term
                total += V.values[at] * K.values[K.offset([o, c, *k])]
        Z.values.append(total)
    return {"Z": Z}


def answer(request):
    if request["type"] == "describe":
        return {
            "name": "python-example",
            "version": "1",
            "dtypes": ["f32", "f64"],
            "operators": ["correlate"],
            "declares": {"accumulation": "f64"},  # a Python float is a double
        }
    if request["operator"] != "correlate":
        return {"error": {"message": f"operator {request['operator']}", "unsupported": True}}
    try:
        inputs = {name: decode(tensor) for name, tensor in request["inputs"].items()}
        outputs = correlate(inputs, request["attributes"])
        return {"outputs": {name: encode(tensor) for name, tensor in outputs.items()}}
    except Exception as error:
        return {"error": {"message": str(error) or type(error).__name__}}


for line in sys.stdin:
    request = json.loads(line)
    if request["type"] == "close":
        break
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
