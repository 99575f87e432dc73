// include snippets/number.wgsl
// include snippets/bits.wgsl
// dV: G where V is positive or NaN, +0 elsewhere; one invocation an element.
struct Uniforms {
  size: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read> G: array<stored>;
@group(0) @binding(2) var<storage, read_write> dV: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let v = numberOf(group, groups, local);
  if (v >= u.size) { return; }
  let x = f32(V[v]);
  let bits = bitcast<u32>(x);
  let stopped = (bits == 0u || bits >= 0x80000000u) && !isNaN(x);
  dV[v] = select(G[v], stored(0.0), stopped);
}
