// include snippets/number.wgsl
// packed[g][tile][tap][c][o in the tile] from a kernel whose element of group g, output o, channel c and tap is at
// g·fromG + o·fromO + c·fromC + tap·fromK; o runs on to 4·quads, with zeros: what an invocation of tiles reads lies in one piece.
// One invocation packs every tap of 4 outputs and one channel. notFinite becomes 1 where a weight is not finite: zero times it would not be zero.
struct Uniforms {
  G: i32,
  O: i32,
  C: i32,
  taps: i32,
  // fours of outputs, in a group and in a tile
  quads: i32,
  inTile: i32,
  fromG: i32,
  fromO: i32,
  fromC: i32,
  fromK: i32,
}
@group(0) @binding(0) var<storage, read> K: array<stored>;
@group(0) @binding(1) var<storage, read_write> packed: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> notFinite: atomic<u32>;
@group(0) @binding(3) var<uniform> u: Uniforms;

// Whether taps are taken in reverse.
override flipped: bool = false;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let number = numberOf(group, groups, local);
  if (number >= u.G * u.C * u.quads) { return; }
  let c = number / u.inTile % u.C;
  let tile = number / u.inTile / u.C;
  let first = tile * u.inTile + number % u.inTile;
  let g = first / u.quads;
  let o = first % u.quads * 4 + vec4i(0, 1, 2, 3);
  let there = o < vec4i(u.O);
  var source = g * u.fromG + min(o, vec4i(u.O - 1)) * u.fromO + c * u.fromC;
  var bits = 0u;
  for (var tap = 0; tap < u.taps; tap++) {
    let w = select(vec4f(), vec4f(f32(K[source.x]), f32(K[source.y]), f32(K[source.z]), f32(K[source.w])), there);
    let at = select(tap, u.taps - 1 - tap, flipped);
    packed[((tile * u.taps + at) * u.C + c) * u.inTile + number % u.inTile] = w;
    let isFinite = (bitcast<vec4u>(w) & vec4u(0x7f800000u)) != vec4u(0x7f800000u);
    bits |= select(1u, 0u, all(isFinite));
    source += vec4i(u.fromK);
  }
  if (bits != 0u) { atomicOr(&notFinite, 1u); }
}
