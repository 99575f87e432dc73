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
  let inner = number % u.inTile;
  let outer = number / u.inTile;
  let c = outer % u.C;
  let tile = outer / u.C;
  let first = tile * u.inTile + inner;
  let g = first / u.quads;
  let o = (first - g * u.quads) * 4 + vec4i(0, 1, 2, 3);
  let there = o < vec4i(u.O);
  let source = g * u.fromG + min(o, vec4i(u.O - 1)) * u.fromO + c * u.fromC;
  let place = (tile * u.taps * u.C + c) * u.inTile + inner;
  var bits = 0u;
  for (var tap = 0; tap < u.taps; tap++) {
    let k = source + tap * u.fromK;
    let w = select(vec4f(), vec4f(f32(K[k.x]), f32(K[k.y]), f32(K[k.z]), f32(K[k.w])), there);
    packed[place + select(tap, u.taps - 1 - tap, flipped) * (u.C * u.inTile)] = w;
    let isFinite = (bitcast<vec4u>(w) & vec4u(0x7f800000u)) != vec4u(0x7f800000u);
    bits |= select(1u, 0u, all(isFinite));
  }
  if (bits != 0u) { atomicOr(&notFinite, 1u); }
}
