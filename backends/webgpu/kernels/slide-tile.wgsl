// include snippets/number.wgsl
// include snippets/four.wgsl
// include snippets/outer.wgsl
// include snippets/store-tile.wgsl
// A sliding kernel's sums, forward or transposed, as a matrix product whose matrix of windows is never made: one invocation
// holds a tile of 8 output channels × 4 positions in registers, or, wide, of 16 × 8, and for every tap and channel adds the
// product of its weights and elements to it. Weights come from pack-weights.wgsl.
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
  // fours of packed output channels, in a group and in a tile
  quads: i32,
  inTile: i32,
  // fours of positions that slide-tile-quads.wgsl computed, unless a weight is not finite
  done: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read> packed: array<vec4f>;
@group(0) @binding(2) var<storage, read> notFinite: array<u32>;
@group(0) @binding(3) var<storage, read> b: array<stored>;
@group(0) @binding(4) var<storage, read_write> Z: array<stored>;
@group(0) @binding(5) var<uniform> u: Uniforms;

override hasBias: bool = false;
override wide: bool = false;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  // Where a weight is not finite, zero times it is not zero, and what meets no cell must be left out one by one.
  let guarded = notFinite[0] != 0u;
  let number = numberOf(group, groups, local);
  let channels = select(8, 16, wide);
  let blocks = (u.O + channels - 1) / channels;
  let done = select(u.done, 0, guarded);
  let left = fours() - done;
  let tiles = select(left, (left + 1) / 2, wide);
  if (number >= tiles * blocks * u.groups) { return; }
  // The four positions of a tile; wide, the next four, too.
  let here = fourOf(done + number % tiles * select(1, 2, wide));
  let ahead = fourOf(done + number % tiles * 2 + 1);
  let first = number / tiles % blocks * channels;
  let g = number / tiles / blocks;
  let cells = volume(u.X);
  let samplesHere = (here.n * u.groups + g) * u.C * cells;
  let samplesAhead = (ahead.n * u.groups + g) * u.C * cells;
  let quad = first / 4;
  var tap = (g * u.quads + quad) / u.inTile * volume(u.R);
  // Sums at the positions here and ahead, each of four output channels.
  var here0 = mat4x4f();
  var here1 = mat4x4f();
  var here2 = mat4x4f();
  var here3 = mat4x4f();
  var ahead0 = mat4x4f();
  var ahead1 = mat4x4f();
  var ahead2 = mat4x4f();
  var ahead3 = mat4x4f();
  for (var k0 = 0; k0 < u.R.x; k0++) {
    for (var k1 = 0; k1 < u.R.y; k1++) {
      for (var k2 = 0; k2 < u.R.z; k2++) {
        var weight = tap * u.C * u.inTile + quad % u.inTile;
        tap++;
        let x = cellOf(here, vec3i(k0, k1, k2));
        let y = select(vec4i(-1), cellOf(ahead, vec3i(k0, k1, k2)), wide);
        let met = x >= vec4i(0);
        let metAhead = y >= vec4i(0);
        if (!any(met | metAhead)) { continue; }
        var at = select(vec4i(0), samplesHere + x, met);
        var atAhead = select(vec4i(0), samplesAhead + y, metAhead);
        if (guarded) {
          for (var c = 0; c < u.C; c++) {
            let w0 = packed[weight];
            let w1 = packed[weight + 1];
            let v = elements(at);
            here0 = addedWhere(met, here0, w0, v);
            here1 = addedWhere(met, here1, w1, v);
            if (wide) {
              let w2 = packed[weight + 2];
              let w3 = packed[weight + 3];
              let next = elements(atAhead);
              here2 = addedWhere(met, here2, w2, v);
              here3 = addedWhere(met, here3, w3, v);
              ahead0 = addedWhere(metAhead, ahead0, w0, next);
              ahead1 = addedWhere(metAhead, ahead1, w1, next);
              ahead2 = addedWhere(metAhead, ahead2, w2, next);
              ahead3 = addedWhere(metAhead, ahead3, w3, next);
            }
            at += vec4i(cells);
            atAhead += vec4i(cells);
            weight += u.inTile;
          }
          continue;
        }
        for (var c = 0; c < u.C; c++) {
          let w0 = packed[weight];
          let w1 = packed[weight + 1];
          let v = select(vec4f(), elements(at), met);
          here0 += outer(w0, v);
          here1 += outer(w1, v);
          if (wide) {
            let w2 = packed[weight + 2];
            let w3 = packed[weight + 3];
            let next = select(vec4f(), elements(atAhead), metAhead);
            here2 += outer(w2, v);
            here3 += outer(w3, v);
            ahead0 += outer(w0, next);
            ahead1 += outer(w1, next);
            ahead2 += outer(w2, next);
            ahead3 += outer(w3, next);
          }
          at += vec4i(cells);
          atAhead += vec4i(cells);
          weight += u.inTile;
        }
      }
    }
  }
  store(here, g, first, here0);
  store(here, g, first + 4, here1);
  if (wide) {
    store(here, g, first + 8, here2);
    store(here, g, first + 12, here3);
    store(ahead, g, first, ahead0);
    store(ahead, g, first + 4, ahead1);
    store(ahead, g, first + 8, ahead2);
    store(ahead, g, first + 12, ahead3);
  }
}
