// enable subgroups
// include snippets/number.wgsl
// include snippets/four.wgsl
// include snippets/store-tile.wgsl
// The sums of slide-tile.wgsl where subgroups are of four invocations, as SwiftShader has them: a workgroup is one quad, which
// computes 32 channels at 16 positions, 4 for each invocation. Of every four quarters of the weights an invocation reads one, and
// has the others from its neighbours. Where a weight is not finite, or few positions are left, slide-tile.wgsl computes them.
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
  // fours of positions that are computed here
  done: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read> packed: array<vec4f>;
@group(0) @binding(2) var<storage, read> notFinite: array<u32>;
@group(0) @binding(3) var<storage, read> b: array<stored>;
@group(0) @binding(4) var<storage, read_write> Z: array<stored>;
@group(0) @binding(5) var<uniform> u: Uniforms;

override hasBias: bool = false;

// Adds the products of four weights and four elements; column j is of element j. One column after the other: a compiler that
// does not move instructions keeps few of them in registers.
fn add(sums: ptr<function, mat4x4f>, w: vec4f, v: vec4f) {
  (*sums)[0] = fma(w, vec4f(v.x), (*sums)[0]);
  (*sums)[1] = fma(w, vec4f(v.y), (*sums)[1]);
  (*sums)[2] = fma(w, vec4f(v.z), (*sums)[2]);
  (*sums)[3] = fma(w, vec4f(v.w), (*sums)[3]);
}

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  if (notFinite[0] != 0u) { return; }
  // All invocations of a workgroup have the same channels, so that all take part in every exchange.
  let number = i32(group.y * groups.x + group.x);
  let size = i32(W);
  let blocks = (u.O + 31) / 32;
  let pieces = (u.done + size - 1) / size;
  if (number >= pieces * blocks * u.groups) { return; }
  let four = fourOf(number % pieces * size + i32(local));
  let first = number / pieces % blocks * 32;
  let g = number / pieces / blocks;
  let cells = volume(u.X);
  let end = u.C * cells;
  let sample = (four.n * u.groups + g) * u.C * cells;
  // The quarter that this invocation reads; those of its neighbours are quarter ^ 1, ^ 2 and ^ 3.
  let quarter = i32(lane % 4u);
  var tap = (g * u.quads + first / 4) / u.inTile * volume(u.R);
  // Of the first 16 channels and of the last, by whose weights they are.
  var low0 = mat4x4f();
  var low1 = mat4x4f();
  var low2 = mat4x4f();
  var low3 = mat4x4f();
  var high0 = mat4x4f();
  var high1 = mat4x4f();
  var high2 = mat4x4f();
  var high3 = mat4x4f();
  for (var k0 = 0; k0 < u.R.x; k0++) {
    for (var k1 = 0; k1 < u.R.y; k1++) {
      for (var k2 = 0; k2 < u.R.z; k2++) {
        var weight = tap * u.C * u.inTile + quarter;
        tap++;
        let x = cellOf(four, vec3i(k0, k1, k2));
        let met = x >= vec4i(0);
        let at = select(vec4i(0), sample + x, met);
        for (var channel = 0; channel < end; channel += cells) {
          let v = select(vec4f(), elements(at + channel), met);
          let low = packed[weight];
          let high = packed[weight + 4];
          add(&low0, low, v);
          add(&low1, quadSwapX(low), v);
          add(&low2, quadSwapY(low), v);
          add(&low3, quadSwapDiagonal(low), v);
          add(&high0, high, v);
          add(&high1, quadSwapX(high), v);
          add(&high2, quadSwapY(high), v);
          add(&high3, quadSwapDiagonal(high), v);
          weight += u.inTile;
        }
      }
    }
  }
  store(four, g, first + 4 * quarter, low0);
  store(four, g, first + 4 * (quarter ^ 1), low1);
  store(four, g, first + 4 * (quarter ^ 2), low2);
  store(four, g, first + 4 * (quarter ^ 3), low3);
  store(four, g, first + 16 + 4 * quarter, high0);
  store(four, g, first + 16 + 4 * (quarter ^ 1), high1);
  store(four, g, first + 16 + 4 * (quarter ^ 2), high2);
  store(four, g, first + 16 + 4 * (quarter ^ 3), high3);
}
