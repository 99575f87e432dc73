// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}
