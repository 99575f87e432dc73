// include snippets/number.wgsl
// include snippets/divide.wgsl
// dx = gamma · G / √(variance + ε), channel by channel, one invocation an element.
struct Uniforms {
  size: i32,
  C: i32,
  plane: i32,
  epsilon: f32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read> gamma: array<stored>;
@group(0) @binding(2) var<storage, read> variance: array<stored>;
@group(0) @binding(3) var<storage, read_write> dx: array<stored>;
@group(0) @binding(4) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.size) { return; }
  let c = at / u.plane % u.C;
  dx[at] = stored(divide(f32(gamma[c]) * f32(G[at]), root(f32(variance[c]) + u.epsilon)));
}
