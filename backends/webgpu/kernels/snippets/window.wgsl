// include axes.wgsl
// include taps.wgsl
// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from `low` to before `high`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}
