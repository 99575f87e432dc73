// include snippets/number.wgsl
// include snippets/divide.wgsl
// include snippets/window.wgsl
// Z: the Euclidean norm of each window of V, in f32 where it is on the way to a gradient; one invocation a window.
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
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read_write> Z: array<result>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  let positions = volume(u.P);
  if (z >= u.planes * positions) { return; }
  let window = windowOf(unravel(z % positions, u.P));
  let plane = z / positions * volume(u.X);
  var sum = 0.0;
  for (var k0 = window.low.x; k0 < window.high.x; k0++) {
    for (var k1 = window.low.y; k1 < window.high.y; k1++) {
      for (var k2 = window.low.z; k2 < window.high.z; k2++) {
        let element = f32(V[plane + ravel(window.first + vec3i(k0, k1, k2) * window.d, u.X)]);
        sum += element * element;
      }
    }
  }
  Z[z] = result(root(sum));
}
