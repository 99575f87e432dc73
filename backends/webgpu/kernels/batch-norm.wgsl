// include snippets/number.wgsl
// include snippets/divide.wgsl
// y = gamma · (x − mean) / √(variance + ε) + beta, channel by channel, one invocation an element. The statistics are f32 where
// they were just computed, and of the tensor's format where they are given.
struct Uniforms {
  size: i32,
  C: i32,
  plane: i32,
  epsilon: f32,
}
@group(0) @binding(0) var<storage, read> x: array<stored>;
@group(0) @binding(1) var<storage, read> mean: array<statistic>;
@group(0) @binding(2) var<storage, read> variance: array<statistic>;
@group(0) @binding(3) var<storage, read> gamma: array<stored>;
@group(0) @binding(4) var<storage, read> beta: array<stored>;
@group(0) @binding(5) var<storage, read_write> y: array<stored>;
@group(0) @binding(6) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.size) { return; }
  let c = at / u.plane % u.C;
  let deviation = root(f32(variance[c]) + u.epsilon);
  y[at] = stored(divide(f32(gamma[c]) * (f32(x[at]) - f32(mean[c])), deviation) + f32(beta[c]));
}
