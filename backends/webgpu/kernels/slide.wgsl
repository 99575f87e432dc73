// include snippets/number.wgsl
// include snippets/axes.wgsl
// include snippets/taps.wgsl
// Z[n,o,p] = b + Σ_{c,k} V[n, g(o)·C + c, p·s + k·d − begin] · K[o, p mod t, c, k], one invocation an element of Z.
// The weight of output channel o, turn p mod t, channel c and tap k is at o·kernelO + turn·kernelT + c·kernelC + k·kernelK: one
// kernel for all positions has t = 1, unshared kernels have t = P, kernels that take turns what is between.
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
  biasO: i32,
  biasP: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read> K: array<stored>;
@group(0) @binding(2) var<storage, read> b: array<stored>;
@group(0) @binding(3) var<storage, read_write> Z: array<stored>;
@group(0) @binding(4) var<uniform> u: Uniforms;

override hasBias: bool = false;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  let positions = volume(u.P);
  if (z >= u.N * u.O * positions) { return; }
  let at = z % positions;
  let o = z / positions % u.O;
  let n = z / positions / u.O;
  let p = unravel(at, u.P);
  let start = p * u.s - u.begin;
  let low = firstTap(start, u.d);
  let high = pastTap(start, u.d, u.R, u.X);
  var sum = 0.0;
  if (hasBias) { sum = f32(b[o * u.biasO + at * u.biasP]); }
  let turn = ravel(p % u.t, u.t);
  let channel = (n * u.groups + o / (u.O / u.groups)) * u.C;
  for (var c = 0; c < u.C; c++) {
    let weights = o * u.kernelO + turn * u.kernelT + c * u.kernelC;
    let plane = (channel + c) * volume(u.X);
    for (var k0 = low.x; k0 < high.x; k0++) {
      for (var k1 = low.y; k1 < high.y; k1++) {
        for (var k2 = low.z; k2 < high.z; k2++) {
          let k = vec3i(k0, k1, k2);
          sum += f32(V[plane + ravel(start + k * u.d, u.X)]) * f32(K[weights + ravel(k, u.R) * u.kernelK]);
        }
      }
    }
  }
  Z[z] = stored(sum);
}
