/** Implements an operator that the spec does not have. */
export default { name: "unknown-operator", operators: { "max-pol": () => undefined } };
