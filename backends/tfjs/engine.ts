const load = () =>
  import("@tensorflow/tfjs").catch((thrown: unknown) => {
    const missing = thrown instanceof Error && "code" in thrown && thrown.code === "ERR_MODULE_NOT_FOUND";
    throw missing ? new Error("@tensorflow/tfjs is not installed: npm i @tensorflow/tfjs") : thrown;
  });

/** The engine: TensorFlow.js with its kernels in plain JavaScript. */
export const tf: typeof import("@tensorflow/tfjs") = await load();

// Production mode turns off the banner that points to tfjs-node, and nothing else that matters here.
tf.enableProdMode();
await tf.setBackend("cpu");
