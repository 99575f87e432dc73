// The taps of a window that meet a cell: tap k of a window at `start` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}
