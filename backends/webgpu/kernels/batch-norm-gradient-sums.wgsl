// include snippets/number.wgsl
// include snippets/reduce.wgsl
// include snippets/divide.wgsl
// Per channel: along = Σ G · (x − mean) / √(variance + ε), which is dgamma, and sum = Σ G, which is dbeta; one workgroup a channel.
struct Uniforms {
  N: i32,
  C: i32,
  plane: i32,
  epsilon: f32,
}
@group(0) @binding(0) var<storage, read> x: array<stored>;
@group(0) @binding(1) var<storage, read> G: array<stored>;
@group(0) @binding(2) var<storage, read> means: array<f32>;
@group(0) @binding(3) var<storage, read> variances: array<f32>;
// along and sum of each channel
@group(0) @binding(4) var<storage, read_write> sums: array<vec2f>;
@group(0) @binding(5) var<storage, read_write> dgamma: array<stored>;
@group(0) @binding(6) var<storage, read_write> dbeta: array<stored>;
@group(0) @binding(7) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let c = i32(group.y * groups.x + group.x);
  if (c >= u.C) { return; }
  let m = u.N * u.plane;
  let deviation = root(variances[c] + u.epsilon);
  var ownAlong = 0.0;
  var ownSum = 0.0;
  for (var at = i32(local); at < m; at += i32(W)) {
    let place = (at / u.plane * u.C + c) * u.plane + at % u.plane;
    ownAlong += f32(G[place]) * divide(f32(x[place]) - means[c], deviation);
    ownSum += f32(G[place]);
  }
  let along = reduce(ownAlong, local);
  let sum = reduce(ownSum, local);
  if (local == 0u) {
    sums[c] = vec2f(along, sum);
    dgamma[c] = stored(along);
    dbeta[c] = stored(sum);
  }
}
