// include snippets/number.wgsl
// include snippets/axes.wgsl
// include snippets/bits.wgsl
// The sums of slide-rows.wgsl where along the last axis positions are as far apart as taps, s = d: one invocation computes 8
// positions of a row of one channel. From one tap to the next a position meets the cell that its neighbour met before, so that
// elements move on in registers and one is read.
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

// The element at a cell of a row that starts at `row`, 0 where there is no such cell.
fn element(row: i32, x: i32) -> f32 {
  // Below zero is far above, unsigned.
  let met = u32(x) < u32(u.X.z);
  return select(0.0, f32(V[row + select(0, x, met)]), met);
}

fn isInside(x: vec4i) -> vec4<bool> {
  return (x >= vec4i(0)) & (x < vec4i(u.X.z));
}

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let number = numberOf(group, groups, local);
  let channels = u.O * u.groups;
  let inOne = (u.P.z + 7) / 8;
  let row = number / inOne;
  if (row >= u.N * channels * u.P.x * u.P.y) { return; }
  let p2 = number % inOne * 8;
  let p1 = row % u.P.y;
  let p0 = row / u.P.y % u.P.x;
  let plane = row / (u.P.x * u.P.y);
  let o = plane % channels;
  let n = plane / channels;
  let g = o / u.O;
  let cells = volume(u.X);
  let taps = volume(u.R);
  let step = u.s.z;
  let start = p2 * step - u.begin.z;
  // Of the first four positions, and of the last.
  var low = vec4f();
  if (hasBias) { low = vec4f(f32(b[o])); }
  var high = low;
  for (var c = 0; c < u.C; c++) {
    let sample = ((n * u.groups + g) * u.C + c) * cells;
    let weights = g * u.fromG + o % u.O * u.fromO + c * u.fromC;
    for (var k0 = 0; k0 < u.R.x; k0++) {
      let x0 = p0 * u.s.x + k0 * u.d.x - u.begin.x;
      if ((x0 < 0) | (x0 >= u.X.x)) { continue; }
      for (var k1 = 0; k1 < u.R.y; k1++) {
        let x1 = p1 * u.s.y + k1 * u.d.y - u.begin.y;
        if ((x1 < 0) | (x1 >= u.X.y)) { continue; }
        let cellRow = sample + (x0 * u.X.y + x1) * u.X.z;
        var x = start;
        var v = vec4f(0.0, element(cellRow, x), element(cellRow, x + step), element(cellRow, x + 2 * step));
        x += 3 * step;
        var next = vec4f(
          element(cellRow, x),
          element(cellRow, x + step),
          element(cellRow, x + 2 * step),
          element(cellRow, x + 3 * step),
        );
        x += 4 * step;
        for (var k2 = 0; k2 < u.R.z; k2++) {
          v = vec4f(v.yzw, next.x);
          next = vec4f(next.yzw, element(cellRow, x));
          x += step;
          let tap = (k0 * u.R.y + k1) * u.R.z + k2;
          let weight = f32(K[weights + select(tap, taps - 1 - tap, flipped) * u.fromK]);
          if (isFinite(weight)) {
            low = fma(vec4f(weight), v, low);
            high = fma(vec4f(weight), next, high);
          } else {
            // Zero times it is not zero: what meets no cell is left out.
            let met = start + (k2 + vec4i(0, 1, 2, 3)) * step;
            low = select(low, low + weight * v, isInside(met));
            high = select(high, high + weight * next, isInside(met + 4 * step));
          }
        }
      }
    }
  }
  let first = row * u.P.z + p2;
  let left = u.P.z - p2;
  for (var j = 0; j < 4; j++) {
    if (j < left) { Z[first + j] = stored(low[j]); }
    if (j + 4 < left) { Z[first + j + 4] = stored(high[j]); }
  }
}
