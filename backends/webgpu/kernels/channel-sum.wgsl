// include snippets/number.wgsl
// include snippets/reduce.wgsl
// total[c] = Σ G[n, c, x] over samples and positions, one workgroup a channel.
struct Uniforms {
  N: i32,
  C: i32,
  plane: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read_write> total: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

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
  for (var at = i32(local); at < m; at += i32(W)) { own += f32(G[(at / u.plane * u.C + c) * u.plane + at % u.plane]); }
  let sum = reduce(own, local);
  if (local == 0u) { total[c] = stored(sum); }
}
