// include snippets/number.wgsl
// include snippets/bits.wgsl
// Z: the positive part of V, NaN where it is NaN, +0 where it is not positive; one invocation an element.
struct Uniforms {
  size: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read_write> Z: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  if (z >= u.size) { return; }
  let x = f32(V[z]);
  let negative = bitcast<u32>(x) >= 0x80000000u && !isNaN(x);
  Z[z] = stored(select(x, 0.0, negative));
}
