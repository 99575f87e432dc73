// include window.wgsl
// The windows that a cell is in: window p where cell x = p·s + k·d − begin for a tap k. Where windows are adaptive, tap k
// stands for the k-th of the windows that hold the cell.
struct Around {
  first: vec3i,
  count: vec3i,
}

fn around(x: vec3i) -> Around {
  if (!adaptive) { return Around(vec3i(0), u.R); }
  let windows = sharesOf(x, u.P, u.X);
  return Around(windows[0], windows[1] - windows[0]);
}

// The window at tap k around cell x on each axis; with an entry that is negative where there is none.
fn windowAt(x: vec3i, place: Around, k: vec3i) -> vec3i {
  if (adaptive) { return place.first + k; }
  let t = x + u.begin - k * u.d;
  let p = t / u.s;
  return select(vec3i(-1), p, (t >= vec3i(0)) & (p * u.s == t) & (p < u.P));
}
