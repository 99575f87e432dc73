export default { name: "no-operators" };
