// include snippets/number.wgsl
// include snippets/window.wgsl
// totals: the sum of the weights of each window of one plane; one invocation a window.
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
@group(0) @binding(0) var<storage, read> weights: array<f32>;
@group(0) @binding(1) var<storage, read_write> totals: array<f32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= volume(u.P)) { return; }
  let window = windowOf(unravel(at, u.P));
  var total = 0.0;
  for (var k0 = window.low.x; k0 < window.high.x; k0++) {
    for (var k1 = window.low.y; k1 < window.high.y; k1++) {
      for (var k2 = window.low.z; k2 < window.high.z; k2++) {
        total += weights[ravel(vec3i(k0, k1, k2), u.R)];
      }
    }
  }
  totals[at] = total;
}
