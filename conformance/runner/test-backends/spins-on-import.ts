for (;;);

export default { name: "spins-on-import", operators: {} };
