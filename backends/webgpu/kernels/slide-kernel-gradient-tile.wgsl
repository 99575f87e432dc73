// include snippets/number.wgsl
// include snippets/axes.wgsl
// include snippets/taps.wgsl
// The sums of slide-kernel-gradient.wgsl for kernels that all positions share: one invocation holds a tile of 4 output channels ×
// 4 channels of one tap in registers, and adds up the products along its part of the rows of positions; parts are added by
// sum-parts.wgsl. A long row is cut into pieces.
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

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let number = numberOf(group, groups, local);
  let taps = volume(u.R);
  let rows = (u.O + 3) / 4;
  let columns = (u.C + 3) / 4;
  let tiles = u.groups * rows * columns * taps;
  if (number >= tiles * u.parts) { return; }
  let part = number / tiles;
  let tile = number % tiles;
  let tap = tile % taps;
  let column = tile / taps % columns * 4;
  let row = tile / taps / columns % rows * 4;
  let g = tile / taps / columns / rows;
  let four = vec4i(0, 1, 2, 3);
  // Rows and columns past the last repeat it, and are not stored.
  let o = (min(row + four, vec4i(u.O - 1)) + g * u.O) * volume(u.P);
  let c = (min(column + four, vec4i(u.C - 1)) + g * u.C) * volume(u.X);
  let offset = unravel(tap, u.R) * u.d - u.begin;
  // The positions from which the tap meets a cell.
  let first = firstTap(offset, u.s);
  let past = pastTap(offset, u.s, u.P, u.X);
  // Four columns, one of a channel; rows are output channels.
  var sum = mat4x4f();
  let last = min((part + 1) * u.length, u.N * u.P.x * u.P.y * u.pieces);
  for (var at = part * u.length; at < last; at++) {
    let line = at / u.pieces;
    let n = line / (u.P.x * u.P.y);
    let p0 = line / u.P.y % u.P.x;
    let p1 = line % u.P.y;
    if (p0 < first.x || p0 >= past.x || p1 < first.y || p1 >= past.y) { continue; }
    let start = at % u.pieces * u.piece;
    let low = max(first.z, start);
    let high = min(past.z, start + u.piece);
    let x = vec3i(p0, p1, low) * u.s + offset;
    var error = n * u.groups * u.O * volume(u.P) + o + (p0 * u.P.y + p1) * u.P.z + low;
    var element = n * u.groups * u.C * volume(u.X) + c + ravel(x, u.X);
    for (var p2 = low; p2 < high; p2++) {
      let e = vec4f(f32(G[error.x]), f32(G[error.y]), f32(G[error.z]), f32(G[error.w]));
      sum[0] += e * f32(V[element.x]);
      sum[1] += e * f32(V[element.y]);
      sum[2] += e * f32(V[element.z]);
      sum[3] += e * f32(V[element.w]);
      error += vec4i(1);
      element += vec4i(u.s.z);
    }
  }
  let weight = select(tap, taps - 1 - tap, flipped);
  let size = u.groups * u.O * u.C * taps;
  let result = sum;
  for (var i = 0; i < 4; i++) {
    for (var j = 0; j < 4; j++) {
      if (row + i >= u.O || column + j >= u.C) { continue; }
      sums[part * size + ((g * u.O + row + i) * u.C + column + j) * taps + weight] = result[j][i];
    }
  }
}
