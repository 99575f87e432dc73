console.log("loaded and talkative");

/** correlate never answers; max-pool keeps its thread busy for ever. */
export default {
  name: "never",
  operators: {
    correlate: () => new Promise(() => {}),
    "max-pool": () => {
      for (;;);
    },
  },
};
