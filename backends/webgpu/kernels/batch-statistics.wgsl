// include snippets/number.wgsl
// include snippets/reduce.wgsl
// include snippets/divide.wgsl
// Mean and variance of each channel of x in two passes, in f32 for what is computed from them and in the tensor's format; one
// workgroup a channel.
struct Uniforms {
  N: i32,
  C: i32,
  plane: i32,
}
@group(0) @binding(0) var<storage, read> x: array<stored>;
@group(0) @binding(1) var<storage, read_write> means: array<f32>;
@group(0) @binding(2) var<storage, read_write> variances: array<f32>;
@group(0) @binding(3) var<storage, read_write> mean: array<stored>;
@group(0) @binding(4) var<storage, read_write> variance: array<stored>;
@group(0) @binding(5) var<uniform> u: Uniforms;

fn element(at: i32, c: i32) -> f32 {
  return f32(x[(at / u.plane * u.C + c) * u.plane + at % u.plane]);
}

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let c = i32(group.y * groups.x + group.x);
  if (c >= u.C) { return; }
  let m = u.N * u.plane;
  var own = 0.0;
  for (var at = i32(local); at < m; at += i32(W)) { own += element(at, c); }
  let average = divide(reduce(own, local), f32(m));
  own = 0.0;
  for (var at = i32(local); at < m; at += i32(W)) {
    let deviation = element(at, c) - average;
    own += deviation * deviation;
  }
  let spread = divide(reduce(own, local), f32(m));
  if (local == 0u) {
    means[c] = average;
    variances[c] = spread;
    mean[c] = stored(average);
    variance[c] = stored(spread);
  }
}
