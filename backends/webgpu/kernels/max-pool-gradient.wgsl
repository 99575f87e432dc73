// include snippets/number.wgsl
// include snippets/around.wgsl
// dV: the sum of the errors G of the windows whose winner an element is; one invocation an element of dV.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read> winners: array<i32>;
@group(0) @binding(2) var<storage, read_write> dV: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let v = numberOf(group, groups, local);
  let cells = volume(u.X);
  if (v >= u.planes * cells) { return; }
  let x = unravel(v % cells, u.X);
  let plane = v / cells * volume(u.P);
  let place = around(x);
  var sum = 0.0;
  for (var k0 = 0; k0 < place.count.x; k0++) {
    for (var k1 = 0; k1 < place.count.y; k1++) {
      for (var k2 = 0; k2 < place.count.z; k2++) {
        let k = vec3i(k0, k1, k2);
        let p = windowAt(x, place, k);
        if (any(p < vec3i(0))) { continue; }
        let at = plane + ravel(p, u.P);
        if (winners[at] == v % cells) { sum += f32(G[at]); }
      }
    }
  }
  dV[v] = stored(sum);
}
