export const backend = { name: "no-default", operators: {} };
