// include axes.wgsl
// Four positions of what is computed, of N samples and extents P, and the cells of what is read, of extents X, that a tap meets
// from each. Tap k of position p meets cell p·s + k·d − begin. Transposed, it meets the cell x with x·s + k·d − begin = p: there
// the positions along the last axis are taken in steps of s, so that a tap meets a cell from all four or from none.
override transposed: bool = false;

struct Four {
  n: vec4i,
  p0: vec4i,
  p1: vec4i,
  p2: vec4i,
  // false for a place past the last position, which is computed in vain
  there: vec4<bool>,
}

// The length of a row with what is added to make it a multiple of s.
fn rowLength() -> i32 {
  if (transposed) { return (u.P.z + u.s.z - 1) / u.s.z * u.s.z; }
  return u.P.z;
}

// How many tiles of four there are.
fn fours() -> i32 {
  return (u.N * u.P.x * u.P.y * rowLength() + 3) / 4;
}

fn fourOf(number: i32) -> Four {
  let length = rowLength();
  let all = u.N * u.P.x * u.P.y * length;
  let q = number * 4 + vec4i(0, 1, 2, 3);
  let row = min(q, vec4i(all - 1)) / length;
  let p2 = inRow(min(q, vec4i(all - 1)) % length, length);
  return Four(row / (u.P.x * u.P.y), row / u.P.y % u.P.x, row % u.P.y, p2, (q < vec4i(all)) & (p2 < vec4i(u.P.z)));
}

// The place of four positions of a row along the last axis.
fn inRow(m: vec4i, length: i32) -> vec4i {
  if (!transposed) { return m; }
  let steps = length / u.s.z;
  return m % steps * u.s.z + m / steps;
}

// The cell on one axis that tap k meets from each position, −1 where it meets none.
fn cellsAt(k: i32, p: vec4i, s: i32, d: i32, begin: i32, X: i32) -> vec4i {
  if (transposed) {
    let steps = p + (begin - k * d);
    let x = steps / s;
    return select(vec4i(-1), x, (steps >= vec4i(0)) & (x * s == steps) & (x < vec4i(X)));
  }
  let x = p * s + (k * d - begin);
  return select(vec4i(-1), x, (x >= vec4i(0)) & (x < vec4i(X)));
}

// The same for one position.
fn cellAt(k: i32, p: i32, s: i32, d: i32, begin: i32, X: i32) -> i32 {
  return cellsAt(k, vec4i(p), s, d, begin, X).x;
}

// The cell in a plane of X that tap k meets from each of four positions, −1 where it meets none.
fn cellOf(four: Four, k: vec3i) -> vec4i {
  let x0 = cellsAt(k.x, four.p0, u.s.x, u.d.x, u.begin.x, u.X.x);
  let x1 = cellsAt(k.y, four.p1, u.s.y, u.d.y, u.begin.y, u.X.y);
  let x2 = cellsAt(k.z, four.p2, u.s.z, u.d.z, u.begin.z, u.X.z);
  let met = (x0 >= vec4i(0)) & (x1 >= vec4i(0)) & (x2 >= vec4i(0));
  return select(vec4i(-1), (x0 * u.X.y + x1) * u.X.z + x2, met);
}
