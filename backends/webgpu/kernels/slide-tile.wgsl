// include snippets/number.wgsl
// include snippets/four.wgsl
// A sliding kernel's sums, forward or transposed, as a matrix product whose matrix of windows is never made: one invocation
// holds a tile of 8 output channels × 4 positions in registers, and for every tap and channel adds the product of 8 weights
// and 4 elements to it. Weights come from pack-weights.wgsl.
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
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read> packed: array<vec4f>;
@group(0) @binding(2) var<storage, read> notFinite: array<u32>;
@group(0) @binding(3) var<storage, read> b: array<stored>;
@group(0) @binding(4) var<storage, read_write> Z: array<stored>;
@group(0) @binding(5) var<uniform> u: Uniforms;

override hasBias: bool = false;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let number = numberOf(group, groups, local);
  let blocks = (u.O + 7) / 8;
  if (number >= fours() * blocks * u.groups) { return; }
  let four = fourOf(number % fours());
  let block = number / fours() % blocks;
  let g = number / fours() / blocks;
  let cells = volume(u.X);
  let sample = (four.n * u.groups + g) * u.C * cells;
  // Where a weight is not finite, zero times it is not zero, and what meets no cell must be left out one by one.
  let guarded = notFinite[0] != 0u;
  let quads = blocks * 2;
  var tap = g * volume(u.R);
  // Of each position the first four output channels, and the last four.
  var low0 = vec4f();
  var low1 = vec4f();
  var low2 = vec4f();
  var low3 = vec4f();
  var high0 = vec4f();
  var high1 = vec4f();
  var high2 = vec4f();
  var high3 = vec4f();
  for (var k0 = 0; k0 < u.R.x; k0++) {
    let x0 = cellsAt(k0, four.p0, u.s.x, u.d.x, u.begin.x, u.X.x);
    for (var k1 = 0; k1 < u.R.y; k1++) {
      let x1 = cellsAt(k1, four.p1, u.s.y, u.d.y, u.begin.y, u.X.y);
      for (var k2 = 0; k2 < u.R.z; k2++) {
        let x2 = cellsAt(k2, four.p2, u.s.z, u.d.z, u.begin.z, u.X.z);
        var weight = tap * u.C * quads + block * 2;
        tap++;
        let met = (x0 >= vec4i(0)) & (x1 >= vec4i(0)) & (x2 >= vec4i(0));
        if (!any(met)) { continue; }
        var at = select(vec4i(0), sample + (x0 * u.X.y + x1) * u.X.z + x2, met);
        if (guarded) {
          for (var c = 0; c < u.C; c++) {
            let w0 = packed[weight];
            let w1 = packed[weight + 1];
            let v = vec4f(f32(V[at.x]), f32(V[at.y]), f32(V[at.z]), f32(V[at.w]));
            low0 = select(low0, low0 + w0 * v.x, met.x);
            low1 = select(low1, low1 + w0 * v.y, met.y);
            low2 = select(low2, low2 + w0 * v.z, met.z);
            low3 = select(low3, low3 + w0 * v.w, met.w);
            high0 = select(high0, high0 + w1 * v.x, met.x);
            high1 = select(high1, high1 + w1 * v.y, met.y);
            high2 = select(high2, high2 + w1 * v.z, met.z);
            high3 = select(high3, high3 + w1 * v.w, met.w);
            at += vec4i(cells);
            weight += quads;
          }
          continue;
        }
        for (var c = 0; c < u.C; c++) {
          let v = select(vec4f(), vec4f(f32(V[at.x]), f32(V[at.y]), f32(V[at.z]), f32(V[at.w])), met);
          let w0 = packed[weight];
          let w1 = packed[weight + 1];
          low0 += w0 * v.x;
          low1 += w0 * v.y;
          low2 += w0 * v.z;
          low3 += w0 * v.w;
          high0 += w1 * v.x;
          high1 += w1 * v.y;
          high2 += w1 * v.z;
          high3 += w1 * v.w;
          at += vec4i(cells);
          weight += quads;
        }
      }
    }
  }
  let low = mat4x4f(low0, low1, low2, low3);
  let high = mat4x4f(high0, high1, high2, high3);
  let positions = volume(u.P);
  let p = (four.p0 * u.P.y + four.p1) * u.P.z + four.p2;
  for (var j = 0; j < 4; j++) {
    if (!four.there[j]) { continue; }
    for (var i = 0; i < 8; i++) {
      let own = block * 8 + i;
      if (own >= u.O) { break; }
      let o = g * u.O + own;
      var sum = select(low[j][i & 3], high[j][i & 3], i > 3);
      if (hasBias) { sum += f32(b[o]); }
      Z[(four.n[j] * u.groups * u.O + o) * positions + p[j]] = stored(sum);
    }
  }
}
