"""An engine of the benchmark in Python: PyTorch or SciPy. JSON lines over stdio, one answer to each request."""
import json
import resource
import sys
import time

import numpy as np

out = sys.stdout
sys.stdout = sys.stderr


class Unsupported(Exception):
    pass


def fill(layer, name, shape):
    """The numbers of tools/bench/data.ts: f32 of [-1, 1) from the portable generator."""
    state = 0x811C9DC5
    for byte in f"{layer} {name}".encode():
        state = ((state ^ byte) * 0x01000193) & 0xFFFFFFFF
    state ^= 1
    count = int(np.prod(shape))
    with np.errstate(over="ignore"):
        h = np.uint32(state) + np.arange(1, count + 1, dtype=np.uint32) * np.uint32(0x9E3779B9)
        h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
        h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        h = h ^ (h >> np.uint32(16))
    data = ((h >> np.uint32(8)) / 2.0**23 - 1).astype(np.float32)
    if name == "variance":
        data = np.abs(data) + np.float32(0.5)
    return data.reshape(shape)


class Torch:
    def __init__(self, name, threads):
        import torch

        self.torch = torch
        torch.set_num_threads(threads)
        self.version, self.threads = torch.__version__, torch.get_num_threads()

    def prepare(self, cell, inputs):
        torch = self.torch
        F = torch.nn.functional
        t = {name: torch.from_numpy(array) for name, array in inputs.items()}
        operator, at = cell["operator"], cell.get("sliding")
        if operator.startswith("correlate"):
            if at["begin"] != at["end"]:
                raise Unsupported("padding that differs between the sides")
            window = (at["stride"], at["begin"], at["dilation"])
            axes = len(at["stride"])
            if operator == "correlate":
                conv = F.conv1d if axes == 1 else F.conv2d
                return lambda: conv(t["V"], t["K"], None, *window, at["groups"])
            shape = cell["output"]["shape"]
            V = t["V"] if "V" in t else torch.empty(shape)
            K = t["K"] if "K" in t else torch.empty(shape)
            mask = [operator == "correlate-input-gradient", operator == "correlate-kernel-gradient", False]
            backward = torch.ops.aten.convolution_backward
            return lambda: backward(t["G"], V, K, None, *window, False, [0] * axes, at["groups"], mask)[mask.index(True)]
        if operator == "max-pool":
            return lambda: F.max_pool2d(t["V"], at["window"], at["stride"])
        if operator == "average-pool":
            return lambda: F.avg_pool2d(t["V"], at["window"], at["stride"])
        if operator == "max-pool-gradient":
            _, winners = F.max_pool2d(t["V"], at["window"], at["stride"], return_indices=True)
            backward = torch.ops.aten.max_pool2d_with_indices_backward
            window = (at["window"], at["stride"], [0, 0], [1, 1], False)
            return lambda: backward(t["G"], t["V"], *window, winners)
        if operator == "average-pool-gradient":
            V = torch.empty(cell["output"]["shape"])
            window = (at["window"], at["stride"], [0, 0], False, True, None)
            return lambda: torch.ops.aten.avg_pool2d_backward(t["G"], V, *window)
        if operator == "dense":
            return lambda: F.linear(t["x"], t["W"])
        if operator == "dense-input-gradient":
            return lambda: t["G"] @ t["W"]
        if operator == "dense-weight-gradient":
            return lambda: t["G"].t() @ t["x"]
        if operator == "relu":
            return lambda: torch.relu(t["V"])
        if operator == "relu-gradient":
            return lambda: torch.ops.aten.threshold_backward(t["G"], t["V"], 0)
        epsilon = cell["attributes"].get("epsilon")
        if operator == "batch-norm-inference":
            return lambda: F.batch_norm(t["x"], t["mean"], t["variance"], t["gamma"], t["beta"], False, 0.1, epsilon)
        if operator == "batch-norm":
            return lambda: F.batch_norm(t["x"], None, None, t["gamma"], t["beta"], True, 0.1, epsilon)
        if operator == "batch-norm-gradient":
            _, mean, deviation = torch.native_batch_norm(t["x"], t["gamma"], None, None, None, True, 0.1, epsilon)
            backward = torch.ops.aten.native_batch_norm_backward
            saved = (t["gamma"], None, None, mean, deviation, True, epsilon, [True, True, True])
            return lambda: backward(t["G"], t["x"], *saved)[0]
        raise Unsupported(f"torch has no {operator}")

    def array(self, result):
        return result.contiguous().numpy()


class Scipy:
    def __init__(self, name, threads):
        import scipy.fft
        import scipy.signal

        self.version, self.threads = scipy.__version__, threads
        self.convolve = getattr(scipy.signal, name.removeprefix("scipy-"))
        self.workers = scipy.fft.set_workers(threads)
        self.workers.__enter__()

    def prepare(self, cell, inputs):
        at = cell.get("sliding")
        channels = [shape[:2] for shape in cell["inputs"].values()]
        if at is None or not cell["operator"].startswith("correlate") or channels != [[1, 1], [1, 1]]:
            raise Unsupported("SciPy convolves one channel")
        if any(s != 1 for s in at["stride"] + at["dilation"]):
            raise Unsupported("SciPy has neither stride nor dilation")
        operator = cell["operator"]
        first, second = [array[0, 0] for array in inputs.values()]
        axes = tuple(range(first.ndim))
        reversed_ = lambda array: np.ascontiguousarray(np.flip(array, axes))
        # The whole of the linear convolution is cut to the output: where it begins says the padding.
        if operator == "correlate":
            x, w = first, reversed_(second)
            begin = [r - 1 - b for r, b in zip(at["window"], at["begin"])]
        elif operator == "correlate-input-gradient":
            x, w = first, second
            begin = list(at["begin"])
        else:
            x, w = second, reversed_(first)
            begin = [p - 1 - b for p, b in zip(first.shape, at["begin"])]
        extents = cell["output"]["shape"][2:]
        cut = tuple(slice(b, b + n) for b, n in zip(begin, extents))
        convolve = self.convolve
        if all(b == min(r, n) - 1 and e == abs(n - r) + 1 for b, e, n, r in zip(begin, extents, x.shape, w.shape)):
            return lambda: convolve(x, w, "valid")
        return lambda: convolve(x, w, "full")[cut]

    def array(self, result):
        return np.ascontiguousarray(result)


class Process:
    def load(self, request):
        name = request["engine"]
        try:
            self.engine = (Torch if name == "torch" else Scipy)(name, request["threads"])
        except ImportError as missing:
            return {"absent": f"{missing.name} is not installed for {sys.executable}"}
        return {"ok": {"version": self.engine.version, "threads": self.engine.threads}}

    def prepare(self, request):
        cell = request["cell"]
        inputs = {name: fill(cell["layer"], name, shape) for name, shape in cell["inputs"].items()}
        start = time.perf_counter()
        self.call = self.engine.prepare(cell, inputs)
        result = self.call()
        first = (time.perf_counter() - start) * 1e3
        values = self.engine.array(result).reshape(-1)[request["positions"]]
        return {"ok": {"firstMs": first, "values": [float(value) for value in values]}}

    def run(self, request):
        start = time.perf_counter()
        for _ in range(request["calls"]):
            self.call()
        ms = (time.perf_counter() - start) * 1e3
        return {"ok": {"ms": ms, "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}}

    def warm(self, request):
        start, count = time.perf_counter(), 0
        while True:
            ms = self.run({"calls": 1})["ok"]["ms"]
            count += 1
            passed = (time.perf_counter() - start) * 1e3
            if ms > request["ms"] or (count >= 3 and passed >= request["ms"]):
                return {"ok": {"ms": ms}}

    def roundTrip(self, request):
        return {"ok": {}}

    def release(self, request):
        self.call = None
        return {"ok": True}

    close = release


process = Process()
for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = getattr(process, request["type"])(request)
    except Unsupported as unsupported:
        answer = {"unsupported": str(unsupported)}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    out.write(json.dumps(answer) + "\n")
    out.flush()
    if request["type"] == "close":
        break
