// include snippets/number.wgsl
// include snippets/axes.wgsl
// include snippets/bits.wgsl
// The sums of slide-kernel-gradient-tile.wgsl where few channels meet, as in depthwise layers: one invocation holds a tile of up to
// 4 × 4 taps of one output channel and one channel in registers, along its part of the rows of positions.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  N: i32,
  // in each group
  O: i32,
  C: i32,
  groups: i32,
  parts: i32,
  // pieces of rows in each part, pieces of each row, positions in each piece
  length: i32,
  pieces: i32,
  piece: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read> V: array<stored>;
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;
@group(0) @binding(3) var<uniform> u: Uniforms;

override flipped: bool = false;
// Rows of taps in a tile.
override tall: i32 = 4;
// Whether positions are as far apart as taps along the last axis: then a tap meets the cell that its neighbour met a position
// before, elements move on in registers, and one is read for each row.
override rolling: bool = false;

const four = vec4i(0, 1, 2, 3);

// The elements at 4 cells of a row that starts at `row`, 0 where there is no such cell.
fn elements(row: i32, met: bool, x: vec4i) -> vec4f {
  let at = vec4i(row) + clamp(x, vec4i(0), vec4i(u.X.z - 1));
  let v = vec4f(f32(V[at.x]), f32(V[at.y]), f32(V[at.z]), f32(V[at.w]));
  return select(vec4f(), v, isInside(met, x));
}

fn isInside(met: bool, x: vec4i) -> vec4<bool> {
  return vec4<bool>(met) & (x >= vec4i(0)) & (x < vec4i(u.X.z));
}

// What the taps at cells x of a row meet, from what they met at the position before.
fn following(v: vec4f, row: i32, met: bool, x: vec4i) -> vec4f {
  if (!rolling) { return elements(row, met, x); }
  // Below zero is far above, unsigned.
  let last = met & (u32(x.w) < u32(u.X.z));
  return vec4f(v.yzw, select(0.0, f32(V[row + select(0, x.w, last)]), last));
}

// The sums of a row of taps with the products at four positions, which meet the elements of v after its first, and the next.
fn along(sums: vec4f, e: vec4f, v: vec4f, next: vec4f) -> vec4f {
  let after1 = fma(vec4f(e.x), vec4f(v.yzw, next.x), sums);
  let after2 = fma(vec4f(e.y), vec4f(v.zw, next.xy), after1);
  let after3 = fma(vec4f(e.z), vec4f(v.w, next.xyz), after2);
  return fma(vec4f(e.w), next, after3);
}

// The sums with the products of an error, where a tap meets a cell: zero times an error that is not finite is not zero.
fn addedWhere(inside: vec4<bool>, sums: vec4f, e: f32, v: vec4f) -> vec4f {
  return select(sums, fma(vec4f(e), v, sums), inside);
}

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let number = numberOf(group, groups, local);
  let taps = volume(u.R);
  let down = (u.R.y + tall - 1) / tall;
  let across = (u.R.z + 3) / 4;
  let tiles = u.groups * u.O * u.C * u.R.x * down * across;
  if (number >= tiles * u.parts) { return; }
  let part = number / tiles;
  let tile = number % tiles;
  let k = vec3i(tile / across / down % u.R.x, tile / across % down * tall, tile % across * 4);
  let kernel = tile / across / down / u.R.x;
  let o = kernel / u.C;
  let channel = o / u.O * u.C + kernel % u.C;
  let offset = k * u.d - u.begin;
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  let last = min((part + 1) * u.length, u.N * u.P.x * u.P.y * u.pieces);
  for (var at = part * u.length; at < last; at++) {
    let line = at / u.pieces;
    let n = line / (u.P.x * u.P.y);
    let p0 = line / u.P.y % u.P.x;
    let p1 = line % u.P.y;
    let x0 = p0 * u.s.x + offset.x;
    let x1 = p1 * u.s.y + offset.y + four * u.d.y;
    let met = vec4<bool>((x0 >= 0) & (x0 < u.X.x)) & (x1 >= vec4i(0)) & (x1 < vec4i(u.X.y)) & (k.y + four < vec4i(u.R.y));
    if (!any(met)) { continue; }
    let plane = (n * u.groups * u.C + channel) * u.X.x;
    let row = select(vec4i(0), ((plane + x0) * u.X.y + x1) * u.X.z, met);
    let low = at % u.pieces * u.piece;
    let high = min(u.P.z, low + u.piece);
    let errors = ((n * u.groups * u.O + o) * u.P.x + p0) * u.P.y + p1;
    var x = low * u.s.z + offset.z + four * u.d.z;
    var v0 = vec4f();
    var v1 = vec4f();
    var v2 = vec4f();
    var v3 = vec4f();
    if (rolling) {
      v0 = elements(row.x, met.x, x - u.d.z);
      if (tall > 1) { v1 = elements(row.y, met.y, x - u.d.z); }
      if (tall > 2) { v2 = elements(row.z, met.z, x - u.d.z); }
      if (tall > 3) { v3 = elements(row.w, met.w, x - u.d.z); }
    }
    let first = errors * u.P.z;
    var p2 = low;
    if (rolling) {
      // Four positions at a time, as long as no error among them is infinite or NaN.
      for (; p2 + 4 <= high; p2 += 4) {
        let e = vec4f(f32(G[first + p2]), f32(G[first + p2 + 1]), f32(G[first + p2 + 2]), f32(G[first + p2 + 3]));
        if (!allFinite(e)) { break; }
        let ahead = x.w + four * u.s.z;
        let next0 = elements(row.x, met.x, ahead);
        sum0 = along(sum0, e, v0, next0);
        v0 = next0;
        if (tall > 1) {
          let next1 = elements(row.y, met.y, ahead);
          sum1 = along(sum1, e, v1, next1);
          v1 = next1;
        }
        if (tall > 2) {
          let next2 = elements(row.z, met.z, ahead);
          sum2 = along(sum2, e, v2, next2);
          v2 = next2;
        }
        if (tall > 3) {
          let next3 = elements(row.w, met.w, ahead);
          sum3 = along(sum3, e, v3, next3);
          v3 = next3;
        }
        x += vec4i(4 * u.s.z);
      }
    }
    for (; p2 < high; p2++) {
      let e = f32(G[first + p2]);
      v0 = following(v0, row.x, met.x, x);
      sum0 = addedWhere(isInside(met.x, x), sum0, e, v0);
      if (tall > 1) {
        v1 = following(v1, row.y, met.y, x);
        sum1 = addedWhere(isInside(met.y, x), sum1, e, v1);
      }
      if (tall > 2) {
        v2 = following(v2, row.z, met.z, x);
        sum2 = addedWhere(isInside(met.z, x), sum2, e, v2);
      }
      if (tall > 3) {
        v3 = following(v3, row.w, met.w, x);
        sum3 = addedWhere(isInside(met.w, x), sum3, e, v3);
      }
      x += vec4i(u.s.z);
    }
  }
  let size = u.groups * u.O * u.C * taps;
  let result = mat4x4f(sum0, sum1, sum2, sum3);
  for (var i = 0; i < min(tall, u.R.y - k.y); i++) {
    for (var j = 0; j < min(4, u.R.z - k.z); j++) {
      let tap = (k.x * u.R.y + k.y + i) * u.R.z + k.z + j;
      sums[part * size + kernel * taps + select(tap, taps - 1 - tap, flipped)] = result[i][j];
    }
  }
}
