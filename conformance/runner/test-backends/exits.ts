/** correlate ends the process; max-pool is killed; average-pool dies of an error in a callback. */
export default {
  name: "exits",
  operators: {
    correlate: () => process.exit(3),
    "max-pool": () => {
      process.kill(process.pid, "SIGSEGV");
      return new Promise(() => {});
    },
    "average-pool": () => {
      setTimeout(() => {
        throw new RangeError("lost in a callback");
      });
      return new Promise(() => {});
    },
  },
};
