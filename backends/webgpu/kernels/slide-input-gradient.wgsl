// include snippets/number.wgsl
// include snippets/axes.wgsl
// dV[n, g·C + c, x] = Σ_{o in g, k} G[n,o,p] · K[o, p mod t, c, k] over all p with p·s + k·d − begin = x, one invocation
// an element of dV. Weights lie as in slide.wgsl.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  t: vec3i,
  N: i32,
  O: i32,
  C: i32,
  groups: i32,
  kernelO: i32,
  kernelT: i32,
  kernelC: i32,
  kernelK: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read> K: array<stored>;
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
  let channels = u.C * u.groups;
  if (v >= u.N * channels * cells) { return; }
  let x = unravel(v % cells, u.X);
  let channel = v / cells % channels;
  let n = v / cells / channels;
  let perGroup = u.O / u.groups;
  let first = channel / u.C * perGroup;
  let c = channel % u.C;
  let positions = volume(u.P);
  var sum = 0.0;
  for (var k0 = 0; k0 < u.R.x; k0++) {
    for (var k1 = 0; k1 < u.R.y; k1++) {
      for (var k2 = 0; k2 < u.R.z; k2++) {
        let k = vec3i(k0, k1, k2);
        let steps = x + u.begin - k * u.d;
        let p = steps / u.s;
        if (any((steps < vec3i(0)) | (p * u.s != steps) | (p >= u.P))) { continue; }
        let weight = ravel(p % u.t, u.t) * u.kernelT + c * u.kernelC + ravel(k, u.R) * u.kernelK;
        let error = n * u.O * positions + ravel(p, u.P);
        for (var o = first; o < first + perGroup; o++) {
          sum += f32(G[error + o * positions]) * f32(K[o * u.kernelO + weight]);
        }
      }
    }
  }
  dV[v] = stored(sum);
}
