// The sum of what every invocation of a workgroup holds, in a fixed order; every one of them must call it.
var<workgroup> held: array<f32, W>;

fn reduce(own: f32, local: u32) -> f32 {
  workgroupBarrier();
  held[local] = own;
  for (var half = W / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { held[local] += held[local + half]; }
  }
  return workgroupUniformLoad(&held[0]);
}
