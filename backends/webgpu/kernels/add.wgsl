// include snippets/number.wgsl
// Z = a + b, one invocation an element.
struct Uniforms {
  size: i32,
}
@group(0) @binding(0) var<storage, read> a: array<stored>;
@group(0) @binding(1) var<storage, read> b: array<stored>;
@group(0) @binding(2) var<storage, read_write> Z: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  if (z >= u.size) { return; }
  Z[z] = stored(f32(a[z]) + f32(b[z]));
}
