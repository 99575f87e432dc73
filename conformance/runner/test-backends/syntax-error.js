export default { name: "broken",, };
