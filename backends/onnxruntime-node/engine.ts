const found = <T>(name: string, loading: Promise<T>): Promise<T> =>
  loading.catch((thrown: unknown) => {
    const missing = thrown instanceof Error && "code" in thrown && thrown.code === "ERR_MODULE_NOT_FOUND";
    throw missing ? new Error(`${name} is not installed: npm i ${name}`) : thrown;
  });

/** The engine: ONNX Runtime's CPU kernels. */
export const ort: typeof import("onnxruntime-node") = await found("onnxruntime-node", import("onnxruntime-node"));

/** The messages of the ONNX format. */
export const { onnx } = (await found("onnx-proto", import("onnx-proto"))).default;

// What the engine has to say is in the errors it throws.
ort.env.logLevel = "fatal";
