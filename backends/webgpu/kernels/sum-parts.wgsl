// include snippets/number.wgsl
// total[i] = Σ_part sums[part, i], in order, one invocation an element of the total.
struct Uniforms {
  parts: i32,
  size: i32,
}
@group(0) @binding(0) var<storage, read> sums: array<f32>;
@group(0) @binding(1) var<storage, read_write> total: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.size) { return; }
  var sum = 0.0;
  for (var part = 0; part < u.parts; part++) { sum += sums[part * u.size + at]; }
  total[at] = stored(sum);
}
