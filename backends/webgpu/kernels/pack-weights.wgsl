// include snippets/number.wgsl
// packed[g][tap][c][o] from a kernel whose element of group g, output o, channel c and tap is at
// g·fromG + o·fromO + c·fromC + tap·fromK; o runs on to a multiple of 8, with zeros. One invocation packs 4 outputs.
// notFinite becomes 1 where a weight is not finite: zero times it would not be zero.
struct Uniforms {
  G: i32,
  O: i32,
  C: i32,
  taps: i32,
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
  let at = numberOf(group, groups, local);
  let quads = (u.O + 7) / 8 * 2;
  if (at >= u.G * u.taps * u.C * quads) { return; }
  let first = at % quads * 4;
  let c = at / quads % u.C;
  var tap = at / quads / u.C % u.taps;
  let g = at / quads / u.C / u.taps;
  if (flipped) { tap = u.taps - 1 - tap; }
  var four = vec4f();
  for (var i = 0; i < 4; i++) {
    let o = first + i;
    if (o < u.O) { four[i] = f32(K[g * u.fromG + o * u.fromO + c * u.fromC + tap * u.fromK]); }
  }
  packed[at] = four;
  if (any((bitcast<vec4u>(four) & vec4u(0x7f800000u)) == vec4u(0x7f800000u))) { atomicOr(&notFinite, 1u); }
}
