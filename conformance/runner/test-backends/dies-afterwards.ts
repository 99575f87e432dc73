/** Answers, and ends the process a moment later. */
export default {
  name: "dies-afterwards",
  operators: {
    "max-pool": () => {
      setTimeout(() => process.exit(9));
      throw new Error("answered");
    },
  },
};
