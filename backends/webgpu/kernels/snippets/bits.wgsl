// What depends on NaN, infinities or the sign of zero is decided on bits: WGSL promises nothing of comparisons of them.
fn isNaN(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn allFinite(x: vec4f) -> bool {
  return all((bitcast<vec4u>(x) & vec4u(0x7f800000u)) != vec4u(0x7f800000u));
}

// A number that compares as an integer the way x compares as a float, NaN above all.
// −0 is below +0.
fn orderOf(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0xffffffffu; }
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// The same, with −0 and +0 as equals.
fn rankOf(x: f32) -> u32 {
  return max(orderOf(x), select(0u, 0x80000000u, (bitcast<u32>(x) << 1u) == 0u));
}

// Not constants: a constant expression must be finite.
fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

fn negativeInfinity() -> f32 {
  var bits = 0xff800000u;
  return bitcast<f32>(bits);
}
