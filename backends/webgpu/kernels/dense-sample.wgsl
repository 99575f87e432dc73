// include snippets/number.wgsl
// Z[o] = b[o] + Σ_i x[i] · K[o,i] for a single sample, where each weight is used once: one workgroup for four outputs, which
// share the inputs that are read; its invocations add up four inputs at a time, and then each other's sums, in a fixed order.
struct Uniforms {
  O: i32,
  I: i32,
}
@group(0) @binding(0) var<storage, read> x: array<stored>;
@group(0) @binding(1) var<storage, read> K: array<stored>;
@group(0) @binding(2) var<storage, read> b: array<stored>;
@group(0) @binding(3) var<storage, read_write> Z: array<stored>;
@group(0) @binding(4) var<uniform> u: Uniforms;

override hasBias: bool = false;

// Sums of four outputs each.
var<workgroup> held: array<vec4f, W>;

fn weights(k: i32) -> vec4f {
  return vec4f(f32(K[k]), f32(K[k + 1]), f32(K[k + 2]), f32(K[k + 3]));
}

fn total(sums: vec4f) -> f32 {
  return (sums.x + sums.y) + (sums.z + sums.w);
}

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let first = i32(group.y * groups.x + group.x) * 4;
  if (first >= u.O) { return; }
  let o = min(first + vec4i(0, 1, 2, 3), vec4i(u.O - 1));
  let rows = o * u.I;
  var sums0 = vec4f();
  var sums1 = vec4f();
  var sums2 = vec4f();
  var sums3 = vec4f();
  let whole = u.I / 4 * 4;
  for (var i = 4 * i32(local); i < whole; i += 4 * i32(W)) {
    let v = vec4f(f32(x[i]), f32(x[i + 1]), f32(x[i + 2]), f32(x[i + 3]));
    sums0 = fma(weights(rows.x + i), v, sums0);
    sums1 = fma(weights(rows.y + i), v, sums1);
    sums2 = fma(weights(rows.z + i), v, sums2);
    sums3 = fma(weights(rows.w + i), v, sums3);
  }
  var own = vec4f(total(sums0), total(sums1), total(sums2), total(sums3));
  let rest = whole + i32(local);
  if (rest < u.I) {
    let k = rows + rest;
    own = fma(vec4f(f32(K[k.x]), f32(K[k.y]), f32(K[k.z]), f32(K[k.w])), vec4f(f32(x[rest])), own);
  }
  held[local] = own;
  for (var half = W / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { held[local] += held[local + half]; }
  }
  if (local > 0u) { return; }
  var z = held[0];
  if (hasBias) { z += vec4f(f32(b[o.x]), f32(b[o.y]), f32(b[o.z]), f32(b[o.w])); }
  for (var j = 0; j < min(4, u.O - first); j++) { Z[first + j] = stored(z[j]); }
}
