// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}
