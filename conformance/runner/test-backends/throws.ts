/** Throws for every call, two different errors. */
export default {
  name: "throws",
  operators: {
    correlate: () => {
      throw new TypeError("kernel.reshape is not a function");
    },
    "max-pool": () => {
      throw new Error("out of memory");
    },
  },
};
