// Elements at four positions, and the sums of a tile on their way to Z. The kernel has V, b, Z, hasBias and, in its uniforms u,
// O channels in each of its groups and P.
fn elements(at: vec4i) -> vec4f {
  return vec4f(f32(V[at.x]), f32(V[at.y]), f32(V[at.z]), f32(V[at.w]));
}

// Stores four output channels of group g, from `first` on, at one position.
fn storeAt(n: i32, g: i32, first: i32, p: i32, sums: vec4f) {
  let plane = volume(u.P);
  let o = g * u.O + first;
  let at = (n * u.groups * u.O + o) * plane + p;
  var z = sums;
  if (hasBias) {
    let own = o + min(vec4i(0, 1, 2, 3), vec4i(u.O - 1 - first));
    z += vec4f(f32(b[own.x]), f32(b[own.y]), f32(b[own.z]), f32(b[own.w]));
  }
  Z[at] = stored(z.x);
  if (first + 1 < u.O) { Z[at + plane] = stored(z.y); }
  if (first + 2 < u.O) { Z[at + 2 * plane] = stored(z.z); }
  if (first + 3 < u.O) { Z[at + 3 * plane] = stored(z.w); }
}

// Stores four output channels of group g, from `first` on, at four positions, one written out after the other: sums that
// are found by an index would leave the registers.
fn store(four: Four, g: i32, first: i32, sums: mat4x4f) {
  if (first >= u.O) { return; }
  let p = (four.p0 * u.P.y + four.p1) * u.P.z + four.p2;
  if (four.there.x) { storeAt(four.n.x, g, first, p.x, sums[0]); }
  if (four.there.y) { storeAt(four.n.y, g, first, p.y, sums[1]); }
  if (four.there.z) { storeAt(four.n.z, g, first, p.z, sums[2]); }
  if (four.there.w) { storeAt(four.n.w, g, first, p.w, sums[3]); }
}
