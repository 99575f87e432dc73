// include snippets/number.wgsl
// include snippets/axes.wgsl
// dK[o, turn, c, k] = Σ_{n, p ≡ turn mod t} G[n,o,p] · V[n, g(o)·C + c, p·s + k·d − begin], one invocation an element of
// dK. Weights lie as in slide.wgsl.
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
@group(0) @binding(1) var<storage, read> V: array<stored>;
@group(0) @binding(2) var<storage, read_write> dK: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let w = numberOf(group, groups, local);
  let taps = volume(u.R);
  let turns = volume(u.t);
  if (w >= u.O * turns * u.C * taps) { return; }
  let c = w / taps % u.C;
  let turn = w / taps / u.C % turns;
  let o = w / taps / u.C / turns;
  let k = unravel(w % taps, u.R);
  let positions = volume(u.P);
  let cells = volume(u.X);
  let channel = o / (u.O / u.groups) * u.C + c;
  let first = unravel(turn, u.t);
  var sum = 0.0;
  for (var n = 0; n < u.N; n++) {
    let plane = (n * u.groups * u.C + channel) * cells;
    let errors = (n * u.O + o) * positions;
    for (var p0 = first.x; p0 < u.P.x; p0 += u.t.x) {
      for (var p1 = first.y; p1 < u.P.y; p1 += u.t.y) {
        for (var p2 = first.z; p2 < u.P.z; p2 += u.t.z) {
          let p = vec3i(p0, p1, p2);
          let x = p * u.s + k * u.d - u.begin;
          if (any((x < vec3i(0)) | (x >= u.X))) { continue; }
          sum += f32(G[errors + ravel(p, u.P)]) * f32(V[plane + ravel(x, u.X)]);
        }
      }
    }
  }
  dK[o * u.kernelO + turn * u.kernelT + c * u.kernelC + w % taps * u.kernelK] = stored(sum);
}
