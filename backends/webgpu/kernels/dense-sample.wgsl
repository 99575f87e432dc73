// include snippets/number.wgsl
// Z[o] = b[o] + Σ_i x[i] · K[o,i] for a single sample, where each weight is used once: one workgroup for eight outputs, which
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

// Sums of eight outputs each.
var<workgroup> held: array<mat2x4f, W>;

fn weights(k: i32) -> vec4f {
  return vec4f(f32(K[k]), f32(K[k + 1]), f32(K[k + 2]), f32(K[k + 3]));
}

fn total(sums: vec4f) -> f32 {
  return (sums.x + sums.y) + (sums.z + sums.w);
}

// Four outputs from `first` on; past the last they repeat it, and are not stored.
fn fourFrom(first: i32) -> vec4i {
  return min(first + vec4i(0, 1, 2, 3), vec4i(u.O - 1));
}

// The products of one input with the weights of four outputs.
fn products(k: vec4i, at: i32) -> vec4f {
  return vec4f(f32(K[k.x]), f32(K[k.y]), f32(K[k.z]), f32(K[k.w])) * f32(x[at]);
}

fn store(first: i32, sums: vec4f) {
  let o = fourFrom(first);
  var z = sums;
  if (hasBias) { z += vec4f(f32(b[o.x]), f32(b[o.y]), f32(b[o.z]), f32(b[o.w])); }
  for (var j = 0; j < min(4, u.O - first); j++) { Z[first + j] = stored(z[j]); }
}

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let first = i32(group.y * groups.x + group.x) * 8;
  if (first >= u.O) { return; }
  let low = fourFrom(first) * u.I;
  let high = fourFrom(first + 4) * u.I;
  var sums0 = vec4f();
  var sums1 = vec4f();
  var sums2 = vec4f();
  var sums3 = vec4f();
  var sums4 = vec4f();
  var sums5 = vec4f();
  var sums6 = vec4f();
  var sums7 = vec4f();
  let whole = u.I / 4 * 4;
  for (var i = 4 * i32(local); i < whole; i += 4 * i32(W)) {
    let v = vec4f(f32(x[i]), f32(x[i + 1]), f32(x[i + 2]), f32(x[i + 3]));
    sums0 = fma(weights(low.x + i), v, sums0);
    sums1 = fma(weights(low.y + i), v, sums1);
    sums2 = fma(weights(low.z + i), v, sums2);
    sums3 = fma(weights(low.w + i), v, sums3);
    sums4 = fma(weights(high.x + i), v, sums4);
    sums5 = fma(weights(high.y + i), v, sums5);
    sums6 = fma(weights(high.z + i), v, sums6);
    sums7 = fma(weights(high.w + i), v, sums7);
  }
  var own = mat2x4f(
    vec4f(total(sums0), total(sums1), total(sums2), total(sums3)),
    vec4f(total(sums4), total(sums5), total(sums6), total(sums7)),
  );
  let rest = whole + i32(local);
  if (rest < u.I) { own += mat2x4f(products(low + rest, rest), products(high + rest, rest)); }
  held[local] = own;
  for (var half = W / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { held[local] += held[local + half]; }
  }
  if (local > 0u) { return; }
  store(first, held[0][0]);
  store(first + 4, held[0][1]);
}
