// Products of four weights and four elements; column j is of element j.
fn outer(w: vec4f, v: vec4f) -> mat4x4f {
  return mat4x4f(w * v.x, w * v.y, w * v.z, w * v.w);
}

// The sums with these products, in the columns that are met.
fn addedWhere(met: vec4<bool>, sums: mat4x4f, w: vec4f, v: vec4f) -> mat4x4f {
  let more = sums + outer(w, v);
  return mat4x4f(
    select(sums[0], more[0], met.x),
    select(sums[1], more[1], met.y),
    select(sums[2], more[2], met.z),
    select(sums[3], more[3], met.w),
  );
}
