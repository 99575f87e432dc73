// include snippets/number.wgsl
// include snippets/four.wgsl
// A sliding kernel's sums, forward or transposed, where few channels are computed in each group, as in depthwise layers: one
// invocation computes 4 positions of a row of one channel, which share every weight.
// The weight of group g, computed channel o, channel c and tap is at g·fromG + o·fromO + c·fromC + tap·fromK.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  N: i32,
  // channels that are computed and that are summed over, in each group
  O: i32,
  C: i32,
  groups: i32,
  fromG: i32,
  fromO: i32,
  fromC: i32,
  fromK: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read> K: array<stored>;
@group(0) @binding(2) var<storage, read> b: array<stored>;
@group(0) @binding(3) var<storage, read_write> Z: array<stored>;
@group(0) @binding(4) var<uniform> u: Uniforms;

override hasBias: bool = false;
// Whether taps are taken in reverse.
override flipped: bool = false;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let number = numberOf(group, groups, local);
  let channels = u.O * u.groups;
  let length = rowLength();
  let inOne = (length + 3) / 4;
  let row = number / inOne;
  if (row >= u.N * channels * u.P.x * u.P.y) { return; }
  let p2 = inRow(number % inOne * 4 + vec4i(0, 1, 2, 3), length);
  let p1 = row % u.P.y;
  let p0 = row / u.P.y % u.P.x;
  let plane = row / (u.P.x * u.P.y);
  let o = plane % channels;
  let n = plane / channels;
  let g = o / u.O;
  let cells = volume(u.X);
  let sample = (n * u.groups + g) * u.C * cells;
  let weights = g * u.fromG + o % u.O * u.fromO;
  let taps = volume(u.R);
  var sums = vec4f();
  if (hasBias) { sums = vec4f(f32(b[o])); }
  for (var k0 = 0; k0 < u.R.x; k0++) {
    let x0 = cellAt(k0, p0, u.s.x, u.d.x, u.begin.x, u.X.x);
    if (x0 < 0) { continue; }
    for (var k1 = 0; k1 < u.R.y; k1++) {
      let x1 = cellAt(k1, p1, u.s.y, u.d.y, u.begin.y, u.X.y);
      if (x1 < 0) { continue; }
      for (var k2 = 0; k2 < u.R.z; k2++) {
        let x2 = cellsAt(k2, p2, u.s.z, u.d.z, u.begin.z, u.X.z);
        let met = x2 >= vec4i(0);
        if (!any(met)) { continue; }
        let tap = (k0 * u.R.y + k1) * u.R.z + k2;
        var weight = weights + select(tap, taps - 1 - tap, flipped) * u.fromK;
        var at = sample + (x0 * u.X.y + x1) * u.X.z + max(x2, vec4i(0));
        for (var c = 0; c < u.C; c++) {
          let v = vec4f(f32(V[at.x]), f32(V[at.y]), f32(V[at.z]), f32(V[at.w]));
          sums = select(sums, sums + f32(K[weight]) * v, met);
          at += vec4i(cells);
          weight += u.fromC;
        }
      }
    }
  }
  for (var j = 0; j < 4; j++) {
    if (p2[j] < u.P.z) { Z[row * u.P.z + p2[j]] = stored(sums[j]); }
  }
}
