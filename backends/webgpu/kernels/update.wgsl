// include snippets/number.wgsl
// stepped = w − η·g, one invocation an element.
struct Uniforms {
  size: i32,
  rate: f32,
}
@group(0) @binding(0) var<storage, read> w: array<stored>;
@group(0) @binding(1) var<storage, read> g: array<stored>;
@group(0) @binding(2) var<storage, read_write> stepped: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.size) { return; }
  stepped[at] = stored(f32(w[at]) - u.rate * f32(g[at]));
}
