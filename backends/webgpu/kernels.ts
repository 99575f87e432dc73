// Written by tools/wgsl.ts from backends/webgpu/kernels; do not edit.

/** Every kernel in WGSL, by name, with the snippets that it includes. */
export const kernels = {
  add: `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Z = a + b, one invocation an element.
struct Uniforms {
  size: i32,
}
@group(0) @binding(0) var<storage, read> a: array<stored>;
@group(0) @binding(1) var<storage, read> b: array<stored>;
@group(0) @binding(2) var<storage, read_write> Z: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  if (z >= u.size) { return; }
  Z[z] = stored(f32(a[z]) + f32(b[z]));
}
`,
  "as-number": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Z: integers as numbers of the tensor's format, one invocation an element.
struct Uniforms {
  size: i32,
}
@group(0) @binding(0) var<storage, read> integers: array<i32>;
@group(0) @binding(1) var<storage, read_write> Z: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  if (z >= u.size) { return; }
  Z[z] = stored(integers[z]);
}
`,
  "batch-norm-gradient-sums": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// The sum of what every invocation of a workgroup holds, in a fixed order; every one of them must call it.
var<workgroup> held: array<f32, W>;

fn reduce(own: f32, local: u32) -> f32 {
  workgroupBarrier();
  held[local] = own;
  for (var half = W / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { held[local] += held[local + half]; }
  }
  return workgroupUniformLoad(&held[0]);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// Per channel: along = Σ G · (x − mean) / √(variance + ε), which is dgamma, and sum = Σ G, which is dbeta; one workgroup a channel.
struct Uniforms {
  N: i32,
  C: i32,
  plane: i32,
  epsilon: f32,
}
@group(0) @binding(0) var<storage, read> x: array<stored>;
@group(0) @binding(1) var<storage, read> G: array<stored>;
@group(0) @binding(2) var<storage, read> means: array<f32>;
@group(0) @binding(3) var<storage, read> variances: array<f32>;
// along and sum of each channel
@group(0) @binding(4) var<storage, read_write> sums: array<vec2f>;
@group(0) @binding(5) var<storage, read_write> dgamma: array<stored>;
@group(0) @binding(6) var<storage, read_write> dbeta: array<stored>;
@group(0) @binding(7) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let c = i32(group.y * groups.x + group.x);
  if (c >= u.C) { return; }
  let m = u.N * u.plane;
  let deviation = root(variances[c] + u.epsilon);
  var ownAlong = 0.0;
  var ownSum = 0.0;
  for (var at = i32(local); at < m; at += i32(W)) {
    let place = (at / u.plane * u.C + c) * u.plane + at % u.plane;
    ownAlong += f32(G[place]) * divide(f32(x[place]) - means[c], deviation);
    ownSum += f32(G[place]);
  }
  let along = reduce(ownAlong, local);
  let sum = reduce(ownSum, local);
  if (local == 0u) {
    sums[c] = vec2f(along, sum);
    dgamma[c] = stored(along);
    dbeta[c] = stored(sum);
  }
}
`,
  "batch-norm-gradient": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// dx = gamma / σ · (G − sum / m − x̂ · along / m), with σ = √(variance + ε) and x̂ = (x − mean) / σ; one invocation an element.
struct Uniforms {
  size: i32,
  C: i32,
  plane: i32,
  m: i32,
  epsilon: f32,
}
@group(0) @binding(0) var<storage, read> x: array<stored>;
@group(0) @binding(1) var<storage, read> gamma: array<stored>;
@group(0) @binding(2) var<storage, read> G: array<stored>;
@group(0) @binding(3) var<storage, read> means: array<f32>;
@group(0) @binding(4) var<storage, read> variances: array<f32>;
@group(0) @binding(5) var<storage, read> sums: array<vec2f>;
@group(0) @binding(6) var<storage, read_write> dx: array<stored>;
@group(0) @binding(7) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.size) { return; }
  let c = at / u.plane % u.C;
  let deviation = root(variances[c] + u.epsilon);
  let normalised = divide(f32(x[at]) - means[c], deviation);
  let m = f32(u.m);
  let rest = f32(G[at]) - divide(sums[c].y, m) - divide(normalised * sums[c].x, m);
  dx[at] = stored(divide(f32(gamma[c]), deviation) * rest);
}
`,
  "batch-norm-inference-gradient": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// dx = gamma · G / √(variance + ε), channel by channel, one invocation an element.
struct Uniforms {
  size: i32,
  C: i32,
  plane: i32,
  epsilon: f32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read> gamma: array<stored>;
@group(0) @binding(2) var<storage, read> variance: array<stored>;
@group(0) @binding(3) var<storage, read_write> dx: array<stored>;
@group(0) @binding(4) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.size) { return; }
  let c = at / u.plane % u.C;
  dx[at] = stored(divide(f32(gamma[c]) * f32(G[at]), root(f32(variance[c]) + u.epsilon)));
}
`,
  "batch-norm": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// y = gamma · (x − mean) / √(variance + ε) + beta, channel by channel, one invocation an element. The statistics are f32 where
// they were just computed, and of the tensor's format where they are given.
struct Uniforms {
  size: i32,
  C: i32,
  plane: i32,
  epsilon: f32,
}
@group(0) @binding(0) var<storage, read> x: array<stored>;
@group(0) @binding(1) var<storage, read> mean: array<statistic>;
@group(0) @binding(2) var<storage, read> variance: array<statistic>;
@group(0) @binding(3) var<storage, read> gamma: array<stored>;
@group(0) @binding(4) var<storage, read> beta: array<stored>;
@group(0) @binding(5) var<storage, read_write> y: array<stored>;
@group(0) @binding(6) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.size) { return; }
  let c = at / u.plane % u.C;
  let deviation = root(f32(variance[c]) + u.epsilon);
  y[at] = stored(divide(f32(gamma[c]) * (f32(x[at]) - f32(mean[c])), deviation) + f32(beta[c]));
}
`,
  "batch-statistics": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// The sum of what every invocation of a workgroup holds, in a fixed order; every one of them must call it.
var<workgroup> held: array<f32, W>;

fn reduce(own: f32, local: u32) -> f32 {
  workgroupBarrier();
  held[local] = own;
  for (var half = W / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { held[local] += held[local + half]; }
  }
  return workgroupUniformLoad(&held[0]);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// Mean and variance of each channel of x in two passes, in f32 for what is computed from them and in the tensor's format; one
// workgroup a channel.
struct Uniforms {
  N: i32,
  C: i32,
  plane: i32,
}
@group(0) @binding(0) var<storage, read> x: array<stored>;
@group(0) @binding(1) var<storage, read_write> means: array<f32>;
@group(0) @binding(2) var<storage, read_write> variances: array<f32>;
@group(0) @binding(3) var<storage, read_write> mean: array<stored>;
@group(0) @binding(4) var<storage, read_write> variance: array<stored>;
@group(0) @binding(5) var<uniform> u: Uniforms;

fn element(at: i32, c: i32) -> f32 {
  return f32(x[(at / u.plane * u.C + c) * u.plane + at % u.plane]);
}

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let c = i32(group.y * groups.x + group.x);
  if (c >= u.C) { return; }
  let m = u.N * u.plane;
  var own = 0.0;
  for (var at = i32(local); at < m; at += i32(W)) { own += element(at, c); }
  let average = divide(reduce(own, local), f32(m));
  own = 0.0;
  for (var at = i32(local); at < m; at += i32(W)) {
    let deviation = element(at, c) - average;
    own += deviation * deviation;
  }
  let spread = divide(reduce(own, local), f32(m));
  if (local == 0u) {
    means[c] = average;
    variances[c] = spread;
    mean[c] = stored(average);
    variance[c] = stored(spread);
  }
}
`,
  "channel-sum": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// The sum of what every invocation of a workgroup holds, in a fixed order; every one of them must call it.
var<workgroup> held: array<f32, W>;

fn reduce(own: f32, local: u32) -> f32 {
  workgroupBarrier();
  held[local] = own;
  for (var half = W / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) { held[local] += held[local + half]; }
  }
  return workgroupUniformLoad(&held[0]);
}

// total[c] = Σ G[n, c, x] over samples and positions, one workgroup a channel.
struct Uniforms {
  N: i32,
  C: i32,
  plane: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read_write> total: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let c = i32(group.y * groups.x + group.x);
  if (c >= u.C) { return; }
  let m = u.N * u.plane;
  var own = 0.0;
  for (var at = i32(local); at < m; at += i32(W)) { own += f32(G[(at / u.plane * u.C + c) * u.plane + at % u.plane]); }
  let sum = reduce(own, local);
  if (local == 0u) { total[c] = stored(sum); }
}
`,
  "copy-rows": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Copies rows of some width from one matrix into another; each has its own length of a row and its own first column.
struct Uniforms {
  rows: i32,
  width: i32,
  fromLength: i32,
  fromColumn: i32,
  toLength: i32,
  toColumn: i32,
}
@group(0) @binding(0) var<storage, read> source: array<stored>;
@group(0) @binding(1) var<storage, read_write> into: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.rows * u.width) { return; }
  let row = at / u.width;
  let column = at % u.width;
  into[row * u.toLength + u.toColumn + column] = source[row * u.fromLength + u.fromColumn + column];
}
`,
  "dense-sample": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

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

// Four outputs from \`first\` on; past the last they repeat it, and are not stored.
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
`,
  "l2-pool-gradient": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from \`low\` to before \`high\`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}

// The windows that a cell is in: window p where cell x = p·s + k·d − begin for a tap k. Where windows are adaptive, tap k
// stands for the k-th of the windows that hold the cell.
struct Around {
  first: vec3i,
  count: vec3i,
}

fn around(x: vec3i) -> Around {
  if (!adaptive) { return Around(vec3i(0), u.R); }
  let windows = sharesOf(x, u.P, u.X);
  return Around(windows[0], windows[1] - windows[0]);
}

// The window at tap k around cell x on each axis; with an entry that is negative where there is none.
fn windowAt(x: vec3i, place: Around, k: vec3i) -> vec3i {
  if (adaptive) { return place.first + k; }
  let t = x + u.begin - k * u.d;
  let p = t / u.s;
  return select(vec3i(-1), p, (t >= vec3i(0)) & (p * u.s == t) & (p < u.P));
}

// dV: Σ G · V / norm over the windows an element is in whose norm is not 0; one invocation an element of dV.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read> G: array<stored>;
@group(0) @binding(2) var<storage, read> norms: array<f32>;
@group(0) @binding(3) var<storage, read_write> dV: array<stored>;
@group(0) @binding(4) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let v = numberOf(group, groups, local);
  let cells = volume(u.X);
  if (v >= u.planes * cells) { return; }
  let x = unravel(v % cells, u.X);
  let plane = v / cells * volume(u.P);
  let place = around(x);
  var sum = 0.0;
  for (var k0 = 0; k0 < place.count.x; k0++) {
    for (var k1 = 0; k1 < place.count.y; k1++) {
      for (var k2 = 0; k2 < place.count.z; k2++) {
        let k = vec3i(k0, k1, k2);
        let p = windowAt(x, place, k);
        if (any(p < vec3i(0))) { continue; }
        let at = plane + ravel(p, u.P);
        let norm = norms[at];
        if (bitcast<u32>(norm) << 1u != 0u) { sum += divide(f32(G[at]) * f32(V[v]), norm); }
      }
    }
  }
  dV[v] = stored(sum);
}
`,
  "l2-pool": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from \`low\` to before \`high\`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}

// Z: the Euclidean norm of each window of V, in f32 where it is on the way to a gradient; one invocation a window.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read_write> Z: array<result>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  let positions = volume(u.P);
  if (z >= u.planes * positions) { return; }
  let window = windowOf(unravel(z % positions, u.P));
  let plane = z / positions * volume(u.X);
  var sum = 0.0;
  for (var k0 = window.low.x; k0 < window.high.x; k0++) {
    for (var k1 = window.low.y; k1 < window.high.y; k1++) {
      for (var k2 = window.low.z; k2 < window.high.z; k2++) {
        let element = f32(V[plane + ravel(window.first + vec3i(k0, k1, k2) * window.d, u.X)]);
        sum += element * element;
      }
    }
  }
  Z[z] = result(root(sum));
}
`,
  "max-pool-gradient": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from \`low\` to before \`high\`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}

// The windows that a cell is in: window p where cell x = p·s + k·d − begin for a tap k. Where windows are adaptive, tap k
// stands for the k-th of the windows that hold the cell.
struct Around {
  first: vec3i,
  count: vec3i,
}

fn around(x: vec3i) -> Around {
  if (!adaptive) { return Around(vec3i(0), u.R); }
  let windows = sharesOf(x, u.P, u.X);
  return Around(windows[0], windows[1] - windows[0]);
}

// The window at tap k around cell x on each axis; with an entry that is negative where there is none.
fn windowAt(x: vec3i, place: Around, k: vec3i) -> vec3i {
  if (adaptive) { return place.first + k; }
  let t = x + u.begin - k * u.d;
  let p = t / u.s;
  return select(vec3i(-1), p, (t >= vec3i(0)) & (p * u.s == t) & (p < u.P));
}

// dV: the sum of the errors G of the windows whose winner an element is; one invocation an element of dV.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read> winners: array<i32>;
@group(0) @binding(2) var<storage, read_write> dV: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let v = numberOf(group, groups, local);
  let cells = volume(u.X);
  if (v >= u.planes * cells) { return; }
  let x = unravel(v % cells, u.X);
  let plane = v / cells * volume(u.P);
  let place = around(x);
  var sum = 0.0;
  for (var k0 = 0; k0 < place.count.x; k0++) {
    for (var k1 = 0; k1 < place.count.y; k1++) {
      for (var k2 = 0; k2 < place.count.z; k2++) {
        let k = vec3i(k0, k1, k2);
        let p = windowAt(x, place, k);
        if (any(p < vec3i(0))) { continue; }
        let at = plane + ravel(p, u.P);
        if (winners[at] == v % cells) { sum += f32(G[at]); }
      }
    }
  }
  dV[v] = stored(sum);
}
`,
  "max-pool": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// What depends on NaN, infinities or the sign of zero is decided on bits: WGSL promises nothing of comparisons of them.
fn isNaN(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn allFinite(x: vec4f) -> bool {
  return all((bitcast<vec4u>(x) & vec4u(0x7f800000u)) != vec4u(0x7f800000u));
}

// A number that compares as an integer the way x compares as a float, NaN above all.
// −0 is below +0.
fn orderOf(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0xffffffffu; }
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// The same, with −0 and +0 as equals.
fn rankOf(x: f32) -> u32 {
  return max(orderOf(x), select(0u, 0x80000000u, (bitcast<u32>(x) << 1u) == 0u));
}

// Not constants: a constant expression must be finite.
fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

fn negativeInfinity() -> f32 {
  var bits = 0xff800000u;
  return bitcast<f32>(bits);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from \`low\` to before \`high\`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}

// Z: the largest element of each window of V, NaN where it holds one, −∞ where it holds none; one invocation a window.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read_write> Z: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  let positions = volume(u.P);
  if (z >= u.planes * positions) { return; }
  let window = windowOf(unravel(z % positions, u.P));
  let plane = z / positions * volume(u.X);
  var largest = negativeInfinity();
  var most = 0u;
  for (var k0 = window.low.x; k0 < window.high.x; k0++) {
    for (var k1 = window.low.y; k1 < window.high.y; k1++) {
      for (var k2 = window.low.z; k2 < window.high.z; k2++) {
        let element = f32(V[plane + ravel(window.first + vec3i(k0, k1, k2) * window.d, u.X)]);
        let order = orderOf(element);
        if (order > most) {
          most = order;
          largest = element;
        }
      }
    }
  }
  Z[z] = stored(largest);
}
`,
  "pack-weights": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

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
`,
  "pool-winners": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// What depends on NaN, infinities or the sign of zero is decided on bits: WGSL promises nothing of comparisons of them.
fn isNaN(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn allFinite(x: vec4f) -> bool {
  return all((bitcast<vec4u>(x) & vec4u(0x7f800000u)) != vec4u(0x7f800000u));
}

// A number that compares as an integer the way x compares as a float, NaN above all.
// −0 is below +0.
fn orderOf(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0xffffffffu; }
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// The same, with −0 and +0 as equals.
fn rankOf(x: f32) -> u32 {
  return max(orderOf(x), select(0u, 0x80000000u, (bitcast<u32>(x) << 1u) == 0u));
}

// Not constants: a constant expression must be finite.
fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

fn negativeInfinity() -> f32 {
  var bits = 0xff800000u;
  return bitcast<f32>(bits);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from \`low\` to before \`high\`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}

// winners: the place within its plane of the largest element of each window of V, the first of equal ones, the first NaN
// where it holds one, −1 where it holds none; one invocation a window.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read_write> winners: array<i32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  let positions = volume(u.P);
  if (z >= u.planes * positions) { return; }
  let window = windowOf(unravel(z % positions, u.P));
  let plane = z / positions * volume(u.X);
  var winner = -1;
  var most = 0u;
  for (var k0 = window.low.x; k0 < window.high.x; k0++) {
    for (var k1 = window.low.y; k1 < window.high.y; k1++) {
      for (var k2 = window.low.z; k2 < window.high.z; k2++) {
        let place = ravel(window.first + vec3i(k0, k1, k2) * window.d, u.X);
        let rank = rankOf(f32(V[plane + place]));
        if (winner < 0 || rank > most) {
          most = rank;
          winner = place;
        }
      }
    }
  }
  winners[z] = winner;
}
`,
  "relu-gradient": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// What depends on NaN, infinities or the sign of zero is decided on bits: WGSL promises nothing of comparisons of them.
fn isNaN(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn allFinite(x: vec4f) -> bool {
  return all((bitcast<vec4u>(x) & vec4u(0x7f800000u)) != vec4u(0x7f800000u));
}

// A number that compares as an integer the way x compares as a float, NaN above all.
// −0 is below +0.
fn orderOf(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0xffffffffu; }
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// The same, with −0 and +0 as equals.
fn rankOf(x: f32) -> u32 {
  return max(orderOf(x), select(0u, 0x80000000u, (bitcast<u32>(x) << 1u) == 0u));
}

// Not constants: a constant expression must be finite.
fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

fn negativeInfinity() -> f32 {
  var bits = 0xff800000u;
  return bitcast<f32>(bits);
}

// dV: G where V is positive or NaN, +0 elsewhere; one invocation an element.
struct Uniforms {
  size: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read> G: array<stored>;
@group(0) @binding(2) var<storage, read_write> dV: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let v = numberOf(group, groups, local);
  if (v >= u.size) { return; }
  let x = f32(V[v]);
  let bits = bitcast<u32>(x);
  let stopped = (bits == 0u || bits >= 0x80000000u) && !isNaN(x);
  dV[v] = select(G[v], stored(0.0), stopped);
}
`,
  relu: `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// What depends on NaN, infinities or the sign of zero is decided on bits: WGSL promises nothing of comparisons of them.
fn isNaN(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn allFinite(x: vec4f) -> bool {
  return all((bitcast<vec4u>(x) & vec4u(0x7f800000u)) != vec4u(0x7f800000u));
}

// A number that compares as an integer the way x compares as a float, NaN above all.
// −0 is below +0.
fn orderOf(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0xffffffffu; }
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// The same, with −0 and +0 as equals.
fn rankOf(x: f32) -> u32 {
  return max(orderOf(x), select(0u, 0x80000000u, (bitcast<u32>(x) << 1u) == 0u));
}

// Not constants: a constant expression must be finite.
fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

fn negativeInfinity() -> f32 {
  var bits = 0xff800000u;
  return bitcast<f32>(bits);
}

// Z: the positive part of V, NaN where it is NaN, +0 where it is not positive; one invocation an element.
struct Uniforms {
  size: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read_write> Z: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  if (z >= u.size) { return; }
  let x = f32(V[z]);
  let negative = bitcast<u32>(x) >= 0x80000000u && !isNaN(x);
  Z[z] = stored(select(x, 0.0, negative));
}
`,
  "slide-input-gradient": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// dV[n, g·C + c, x] = Σ_{o in g, k} G[n,o,p] · K[o, p mod t, c, k] over all p with p·s + k·d − begin = x, one invocation
// an element of dV. Weights lie as in slide.wgsl.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  t: vec3i,
  N: i32,
  O: i32,
  C: i32,
  groups: i32,
  kernelO: i32,
  kernelT: i32,
  kernelC: i32,
  kernelK: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read> K: array<stored>;
@group(0) @binding(2) var<storage, read_write> dV: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let v = numberOf(group, groups, local);
  let cells = volume(u.X);
  let channels = u.C * u.groups;
  if (v >= u.N * channels * cells) { return; }
  let x = unravel(v % cells, u.X);
  let channel = v / cells % channels;
  let n = v / cells / channels;
  let perGroup = u.O / u.groups;
  let first = channel / u.C * perGroup;
  let c = channel % u.C;
  let positions = volume(u.P);
  var sum = 0.0;
  for (var k0 = 0; k0 < u.R.x; k0++) {
    for (var k1 = 0; k1 < u.R.y; k1++) {
      for (var k2 = 0; k2 < u.R.z; k2++) {
        let k = vec3i(k0, k1, k2);
        let steps = x + u.begin - k * u.d;
        let p = steps / u.s;
        if (any((steps < vec3i(0)) | (p * u.s != steps) | (p >= u.P))) { continue; }
        let weight = ravel(p % u.t, u.t) * u.kernelT + c * u.kernelC + ravel(k, u.R) * u.kernelK;
        let error = n * u.O * positions + ravel(p, u.P);
        for (var o = first; o < first + perGroup; o++) {
          sum += f32(G[error + o * positions]) * f32(K[o * u.kernelO + weight]);
        }
      }
    }
  }
  dV[v] = stored(sum);
}
`,
  "slide-kernel-gradient-taps": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// What depends on NaN, infinities or the sign of zero is decided on bits: WGSL promises nothing of comparisons of them.
fn isNaN(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn allFinite(x: vec4f) -> bool {
  return all((bitcast<vec4u>(x) & vec4u(0x7f800000u)) != vec4u(0x7f800000u));
}

// A number that compares as an integer the way x compares as a float, NaN above all.
// −0 is below +0.
fn orderOf(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0xffffffffu; }
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// The same, with −0 and +0 as equals.
fn rankOf(x: f32) -> u32 {
  return max(orderOf(x), select(0u, 0x80000000u, (bitcast<u32>(x) << 1u) == 0u));
}

// Not constants: a constant expression must be finite.
fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

fn negativeInfinity() -> f32 {
  var bits = 0xff800000u;
  return bitcast<f32>(bits);
}

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

// The elements at 4 cells of a row that starts at \`row\`, 0 where there is no such cell.
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
`,
  "slide-kernel-gradient-tile": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

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
`,
  "slide-kernel-gradient": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// dK[o, turn, c, k] = Σ_{n, p ≡ turn mod t} G[n,o,p] · V[n, g(o)·C + c, p·s + k·d − begin], one invocation an element of
// dK. Weights lie as in slide.wgsl.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  t: vec3i,
  N: i32,
  O: i32,
  C: i32,
  groups: i32,
  kernelO: i32,
  kernelT: i32,
  kernelC: i32,
  kernelK: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read> V: array<stored>;
@group(0) @binding(2) var<storage, read_write> dK: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let w = numberOf(group, groups, local);
  let taps = volume(u.R);
  let turns = volume(u.t);
  if (w >= u.O * turns * u.C * taps) { return; }
  let c = w / taps % u.C;
  let turn = w / taps / u.C % turns;
  let o = w / taps / u.C / turns;
  let k = unravel(w % taps, u.R);
  let positions = volume(u.P);
  let cells = volume(u.X);
  let channel = o / (u.O / u.groups) * u.C + c;
  let first = unravel(turn, u.t);
  var sum = 0.0;
  for (var n = 0; n < u.N; n++) {
    let plane = (n * u.groups * u.C + channel) * cells;
    let errors = (n * u.O + o) * positions;
    for (var p0 = first.x; p0 < u.P.x; p0 += u.t.x) {
      for (var p1 = first.y; p1 < u.P.y; p1 += u.t.y) {
        for (var p2 = first.z; p2 < u.P.z; p2 += u.t.z) {
          let p = vec3i(p0, p1, p2);
          let x = p * u.s + k * u.d - u.begin;
          if (any((x < vec3i(0)) | (x >= u.X))) { continue; }
          sum += f32(G[errors + ravel(p, u.P)]) * f32(V[plane + ravel(x, u.X)]);
        }
      }
    }
  }
  dK[o * u.kernelO + turn * u.kernelT + c * u.kernelC + w % taps * u.kernelK] = stored(sum);
}
`,
  "slide-rolling": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// What depends on NaN, infinities or the sign of zero is decided on bits: WGSL promises nothing of comparisons of them.
fn isNaN(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn allFinite(x: vec4f) -> bool {
  return all((bitcast<vec4u>(x) & vec4u(0x7f800000u)) != vec4u(0x7f800000u));
}

// A number that compares as an integer the way x compares as a float, NaN above all.
// −0 is below +0.
fn orderOf(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0xffffffffu; }
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// The same, with −0 and +0 as equals.
fn rankOf(x: f32) -> u32 {
  return max(orderOf(x), select(0u, 0x80000000u, (bitcast<u32>(x) << 1u) == 0u));
}

// Not constants: a constant expression must be finite.
fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

fn negativeInfinity() -> f32 {
  var bits = 0xff800000u;
  return bitcast<f32>(bits);
}

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

// The element at a cell of a row that starts at \`row\`, 0 where there is no such cell.
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
`,
  "slide-rows": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// Four positions of what is computed, of N samples and extents P, and the cells of what is read, of extents X, that a tap meets
// from each. Tap k of position p meets cell p·s + k·d − begin. Transposed, it meets the cell x with x·s + k·d − begin = p: there
// the positions along the last axis are taken in steps of s, so that a tap meets a cell from all four or from none.
override transposed: bool = false;

struct Four {
  n: vec4i,
  p0: vec4i,
  p1: vec4i,
  p2: vec4i,
  // false for a place past the last position, which is computed in vain
  there: vec4<bool>,
}

// The length of a row with what is added to make it a multiple of s.
fn rowLength() -> i32 {
  if (transposed) { return (u.P.z + u.s.z - 1) / u.s.z * u.s.z; }
  return u.P.z;
}

// How many tiles of four there are.
fn fours() -> i32 {
  return (u.N * u.P.x * u.P.y * rowLength() + 3) / 4;
}

fn fourOf(number: i32) -> Four {
  let length = rowLength();
  let all = u.N * u.P.x * u.P.y * length;
  let q = number * 4 + vec4i(0, 1, 2, 3);
  let row = min(q, vec4i(all - 1)) / length;
  let p2 = inRow(min(q, vec4i(all - 1)) % length, length);
  return Four(row / (u.P.x * u.P.y), row / u.P.y % u.P.x, row % u.P.y, p2, (q < vec4i(all)) & (p2 < vec4i(u.P.z)));
}

// The place of four positions of a row along the last axis.
fn inRow(m: vec4i, length: i32) -> vec4i {
  if (!transposed) { return m; }
  let steps = length / u.s.z;
  return m % steps * u.s.z + m / steps;
}

// The cell on one axis that tap k meets from each position, −1 where it meets none.
fn cellsAt(k: i32, p: vec4i, s: i32, d: i32, begin: i32, X: i32) -> vec4i {
  if (transposed) {
    let steps = p + (begin - k * d);
    let x = steps / s;
    return select(vec4i(-1), x, (steps >= vec4i(0)) & (x * s == steps) & (x < vec4i(X)));
  }
  let x = p * s + (k * d - begin);
  return select(vec4i(-1), x, (x >= vec4i(0)) & (x < vec4i(X)));
}

// The same for one position.
fn cellAt(k: i32, p: i32, s: i32, d: i32, begin: i32, X: i32) -> i32 {
  return cellsAt(k, vec4i(p), s, d, begin, X).x;
}

// The cell in a plane of X that tap k meets from each of four positions, −1 where it meets none.
fn cellOf(four: Four, k: vec3i) -> vec4i {
  let x0 = cellsAt(k.x, four.p0, u.s.x, u.d.x, u.begin.x, u.X.x);
  let x1 = cellsAt(k.y, four.p1, u.s.y, u.d.y, u.begin.y, u.X.y);
  let x2 = cellsAt(k.z, four.p2, u.s.z, u.d.z, u.begin.z, u.X.z);
  let met = (x0 >= vec4i(0)) & (x1 >= vec4i(0)) & (x2 >= vec4i(0));
  return select(vec4i(-1), (x0 * u.X.y + x1) * u.X.z + x2, met);
}

// A sliding kernel's sums, forward or transposed, where few channels are computed in each group, as in depthwise layers: one
// invocation computes 4 positions of a row of one channel, which share every weight.
// The weight of group g, computed channel o, channel c and tap is at g·fromG + o·fromO + c·fromC + tap·fromK.
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

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let number = numberOf(group, groups, local);
  let channels = u.O * u.groups;
  let length = rowLength();
  let inOne = (length + 3) / 4;
  let row = number / inOne;
  if (row >= u.N * channels * u.P.x * u.P.y) { return; }
  let p2 = inRow(number % inOne * 4 + vec4i(0, 1, 2, 3), length);
  let p1 = row % u.P.y;
  let p0 = row / u.P.y % u.P.x;
  let plane = row / (u.P.x * u.P.y);
  let o = plane % channels;
  let n = plane / channels;
  let g = o / u.O;
  let cells = volume(u.X);
  let sample = (n * u.groups + g) * u.C * cells;
  let weights = g * u.fromG + o % u.O * u.fromO;
  let taps = volume(u.R);
  var sums = vec4f();
  if (hasBias) { sums = vec4f(f32(b[o])); }
  for (var k0 = 0; k0 < u.R.x; k0++) {
    let x0 = cellAt(k0, p0, u.s.x, u.d.x, u.begin.x, u.X.x);
    if (x0 < 0) { continue; }
    for (var k1 = 0; k1 < u.R.y; k1++) {
      let x1 = cellAt(k1, p1, u.s.y, u.d.y, u.begin.y, u.X.y);
      if (x1 < 0) { continue; }
      for (var k2 = 0; k2 < u.R.z; k2++) {
        let x2 = cellsAt(k2, p2, u.s.z, u.d.z, u.begin.z, u.X.z);
        let met = x2 >= vec4i(0);
        if (!any(met)) { continue; }
        let tap = (k0 * u.R.y + k1) * u.R.z + k2;
        var weight = weights + select(tap, taps - 1 - tap, flipped) * u.fromK;
        var at = sample + (x0 * u.X.y + x1) * u.X.z + max(x2, vec4i(0));
        for (var c = 0; c < u.C; c++) {
          let v = vec4f(f32(V[at.x]), f32(V[at.y]), f32(V[at.z]), f32(V[at.w]));
          sums = select(sums, sums + f32(K[weight]) * v, met);
          at += vec4i(cells);
          weight += u.fromC;
        }
      }
    }
  }
  for (var j = 0; j < 4; j++) {
    if (p2[j] < u.P.z) { Z[row * u.P.z + p2[j]] = stored(sums[j]); }
  }
}
`,
  "slide-tile-quads": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// Four positions of what is computed, of N samples and extents P, and the cells of what is read, of extents X, that a tap meets
// from each. Tap k of position p meets cell p·s + k·d − begin. Transposed, it meets the cell x with x·s + k·d − begin = p: there
// the positions along the last axis are taken in steps of s, so that a tap meets a cell from all four or from none.
override transposed: bool = false;

struct Four {
  n: vec4i,
  p0: vec4i,
  p1: vec4i,
  p2: vec4i,
  // false for a place past the last position, which is computed in vain
  there: vec4<bool>,
}

// The length of a row with what is added to make it a multiple of s.
fn rowLength() -> i32 {
  if (transposed) { return (u.P.z + u.s.z - 1) / u.s.z * u.s.z; }
  return u.P.z;
}

// How many tiles of four there are.
fn fours() -> i32 {
  return (u.N * u.P.x * u.P.y * rowLength() + 3) / 4;
}

fn fourOf(number: i32) -> Four {
  let length = rowLength();
  let all = u.N * u.P.x * u.P.y * length;
  let q = number * 4 + vec4i(0, 1, 2, 3);
  let row = min(q, vec4i(all - 1)) / length;
  let p2 = inRow(min(q, vec4i(all - 1)) % length, length);
  return Four(row / (u.P.x * u.P.y), row / u.P.y % u.P.x, row % u.P.y, p2, (q < vec4i(all)) & (p2 < vec4i(u.P.z)));
}

// The place of four positions of a row along the last axis.
fn inRow(m: vec4i, length: i32) -> vec4i {
  if (!transposed) { return m; }
  let steps = length / u.s.z;
  return m % steps * u.s.z + m / steps;
}

// The cell on one axis that tap k meets from each position, −1 where it meets none.
fn cellsAt(k: i32, p: vec4i, s: i32, d: i32, begin: i32, X: i32) -> vec4i {
  if (transposed) {
    let steps = p + (begin - k * d);
    let x = steps / s;
    return select(vec4i(-1), x, (steps >= vec4i(0)) & (x * s == steps) & (x < vec4i(X)));
  }
  let x = p * s + (k * d - begin);
  return select(vec4i(-1), x, (x >= vec4i(0)) & (x < vec4i(X)));
}

// The same for one position.
fn cellAt(k: i32, p: i32, s: i32, d: i32, begin: i32, X: i32) -> i32 {
  return cellsAt(k, vec4i(p), s, d, begin, X).x;
}

// The cell in a plane of X that tap k meets from each of four positions, −1 where it meets none.
fn cellOf(four: Four, k: vec3i) -> vec4i {
  let x0 = cellsAt(k.x, four.p0, u.s.x, u.d.x, u.begin.x, u.X.x);
  let x1 = cellsAt(k.y, four.p1, u.s.y, u.d.y, u.begin.y, u.X.y);
  let x2 = cellsAt(k.z, four.p2, u.s.z, u.d.z, u.begin.z, u.X.z);
  let met = (x0 >= vec4i(0)) & (x1 >= vec4i(0)) & (x2 >= vec4i(0));
  return select(vec4i(-1), (x0 * u.X.y + x1) * u.X.z + x2, met);
}

// Elements at four positions, and the sums of a tile on their way to Z. The kernel has V, b, Z, hasBias and, in its uniforms u,
// O channels in each of its groups and P.
fn elements(at: vec4i) -> vec4f {
  return vec4f(f32(V[at.x]), f32(V[at.y]), f32(V[at.z]), f32(V[at.w]));
}

// Stores four output channels of group g, from \`first\` on, at one position.
fn storeAt(n: i32, g: i32, first: i32, p: i32, sums: vec4f) {
  let plane = volume(u.P);
  let o = g * u.O + first;
  let at = (n * u.groups * u.O + o) * plane + p;
  var z = sums;
  if (hasBias) {
    let own = o + min(vec4i(0, 1, 2, 3), vec4i(u.O - 1 - first));
    z += vec4f(f32(b[own.x]), f32(b[own.y]), f32(b[own.z]), f32(b[own.w]));
  }
  Z[at] = stored(z.x);
  if (first + 1 < u.O) { Z[at + plane] = stored(z.y); }
  if (first + 2 < u.O) { Z[at + 2 * plane] = stored(z.z); }
  if (first + 3 < u.O) { Z[at + 3 * plane] = stored(z.w); }
}

// Stores four output channels of group g, from \`first\` on, at four positions, one written out after the other: sums that
// are found by an index would leave the registers.
fn store(four: Four, g: i32, first: i32, sums: mat4x4f) {
  if (first >= u.O) { return; }
  let p = (four.p0 * u.P.y + four.p1) * u.P.z + four.p2;
  if (four.there.x) { storeAt(four.n.x, g, first, p.x, sums[0]); }
  if (four.there.y) { storeAt(four.n.y, g, first, p.y, sums[1]); }
  if (four.there.z) { storeAt(four.n.z, g, first, p.z, sums[2]); }
  if (four.there.w) { storeAt(four.n.w, g, first, p.w, sums[3]); }
}

// enable subgroups
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
`,
  "slide-tile": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// Four positions of what is computed, of N samples and extents P, and the cells of what is read, of extents X, that a tap meets
// from each. Tap k of position p meets cell p·s + k·d − begin. Transposed, it meets the cell x with x·s + k·d − begin = p: there
// the positions along the last axis are taken in steps of s, so that a tap meets a cell from all four or from none.
override transposed: bool = false;

struct Four {
  n: vec4i,
  p0: vec4i,
  p1: vec4i,
  p2: vec4i,
  // false for a place past the last position, which is computed in vain
  there: vec4<bool>,
}

// The length of a row with what is added to make it a multiple of s.
fn rowLength() -> i32 {
  if (transposed) { return (u.P.z + u.s.z - 1) / u.s.z * u.s.z; }
  return u.P.z;
}

// How many tiles of four there are.
fn fours() -> i32 {
  return (u.N * u.P.x * u.P.y * rowLength() + 3) / 4;
}

fn fourOf(number: i32) -> Four {
  let length = rowLength();
  let all = u.N * u.P.x * u.P.y * length;
  let q = number * 4 + vec4i(0, 1, 2, 3);
  let row = min(q, vec4i(all - 1)) / length;
  let p2 = inRow(min(q, vec4i(all - 1)) % length, length);
  return Four(row / (u.P.x * u.P.y), row / u.P.y % u.P.x, row % u.P.y, p2, (q < vec4i(all)) & (p2 < vec4i(u.P.z)));
}

// The place of four positions of a row along the last axis.
fn inRow(m: vec4i, length: i32) -> vec4i {
  if (!transposed) { return m; }
  let steps = length / u.s.z;
  return m % steps * u.s.z + m / steps;
}

// The cell on one axis that tap k meets from each position, −1 where it meets none.
fn cellsAt(k: i32, p: vec4i, s: i32, d: i32, begin: i32, X: i32) -> vec4i {
  if (transposed) {
    let steps = p + (begin - k * d);
    let x = steps / s;
    return select(vec4i(-1), x, (steps >= vec4i(0)) & (x * s == steps) & (x < vec4i(X)));
  }
  let x = p * s + (k * d - begin);
  return select(vec4i(-1), x, (x >= vec4i(0)) & (x < vec4i(X)));
}

// The same for one position.
fn cellAt(k: i32, p: i32, s: i32, d: i32, begin: i32, X: i32) -> i32 {
  return cellsAt(k, vec4i(p), s, d, begin, X).x;
}

// The cell in a plane of X that tap k meets from each of four positions, −1 where it meets none.
fn cellOf(four: Four, k: vec3i) -> vec4i {
  let x0 = cellsAt(k.x, four.p0, u.s.x, u.d.x, u.begin.x, u.X.x);
  let x1 = cellsAt(k.y, four.p1, u.s.y, u.d.y, u.begin.y, u.X.y);
  let x2 = cellsAt(k.z, four.p2, u.s.z, u.d.z, u.begin.z, u.X.z);
  let met = (x0 >= vec4i(0)) & (x1 >= vec4i(0)) & (x2 >= vec4i(0));
  return select(vec4i(-1), (x0 * u.X.y + x1) * u.X.z + x2, met);
}

// Products of four weights and four elements; column j is of element j.
fn outer(w: vec4f, v: vec4f) -> mat4x4f {
  return mat4x4f(w * v.x, w * v.y, w * v.z, w * v.w);
}

// The sums with these products, in the columns that are met.
fn addedWhere(met: vec4<bool>, sums: mat4x4f, w: vec4f, v: vec4f) -> mat4x4f {
  let more = sums + outer(w, v);
  return mat4x4f(
    select(sums[0], more[0], met.x),
    select(sums[1], more[1], met.y),
    select(sums[2], more[2], met.z),
    select(sums[3], more[3], met.w),
  );
}

// Elements at four positions, and the sums of a tile on their way to Z. The kernel has V, b, Z, hasBias and, in its uniforms u,
// O channels in each of its groups and P.
fn elements(at: vec4i) -> vec4f {
  return vec4f(f32(V[at.x]), f32(V[at.y]), f32(V[at.z]), f32(V[at.w]));
}

// Stores four output channels of group g, from \`first\` on, at one position.
fn storeAt(n: i32, g: i32, first: i32, p: i32, sums: vec4f) {
  let plane = volume(u.P);
  let o = g * u.O + first;
  let at = (n * u.groups * u.O + o) * plane + p;
  var z = sums;
  if (hasBias) {
    let own = o + min(vec4i(0, 1, 2, 3), vec4i(u.O - 1 - first));
    z += vec4f(f32(b[own.x]), f32(b[own.y]), f32(b[own.z]), f32(b[own.w]));
  }
  Z[at] = stored(z.x);
  if (first + 1 < u.O) { Z[at + plane] = stored(z.y); }
  if (first + 2 < u.O) { Z[at + 2 * plane] = stored(z.z); }
  if (first + 3 < u.O) { Z[at + 3 * plane] = stored(z.w); }
}

// Stores four output channels of group g, from \`first\` on, at four positions, one written out after the other: sums that
// are found by an index would leave the registers.
fn store(four: Four, g: i32, first: i32, sums: mat4x4f) {
  if (first >= u.O) { return; }
  let p = (four.p0 * u.P.y + four.p1) * u.P.z + four.p2;
  if (four.there.x) { storeAt(four.n.x, g, first, p.x, sums[0]); }
  if (four.there.y) { storeAt(four.n.y, g, first, p.y, sums[1]); }
  if (four.there.z) { storeAt(four.n.z, g, first, p.z, sums[2]); }
  if (four.there.w) { storeAt(four.n.w, g, first, p.w, sums[3]); }
}

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
`,
  slide: `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// Z[n,o,p] = b + Σ_{c,k} V[n, g(o)·C + c, p·s + k·d − begin] · K[o, p mod t, c, k], one invocation an element of Z.
// The weight of output channel o, turn p mod t, channel c and tap k is at o·kernelO + turn·kernelT + c·kernelC + k·kernelK: one
// kernel for all positions has t = 1, unshared kernels have t = P, kernels that take turns what is between.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  t: vec3i,
  N: i32,
  O: i32,
  C: i32,
  groups: i32,
  kernelO: i32,
  kernelT: i32,
  kernelC: i32,
  kernelK: i32,
  biasO: i32,
  biasP: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read> K: array<stored>;
@group(0) @binding(2) var<storage, read> b: array<stored>;
@group(0) @binding(3) var<storage, read_write> Z: array<stored>;
@group(0) @binding(4) var<uniform> u: Uniforms;

override hasBias: bool = false;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  let positions = volume(u.P);
  if (z >= u.N * u.O * positions) { return; }
  let at = z % positions;
  let o = z / positions % u.O;
  let n = z / positions / u.O;
  let p = unravel(at, u.P);
  let start = p * u.s - u.begin;
  let low = firstTap(start, u.d);
  let high = pastTap(start, u.d, u.R, u.X);
  var sum = 0.0;
  if (hasBias) { sum = f32(b[o * u.biasO + at * u.biasP]); }
  let turn = ravel(p % u.t, u.t);
  let channel = (n * u.groups + o / (u.O / u.groups)) * u.C;
  for (var c = 0; c < u.C; c++) {
    let weights = o * u.kernelO + turn * u.kernelT + c * u.kernelC;
    let plane = (channel + c) * volume(u.X);
    for (var k0 = low.x; k0 < high.x; k0++) {
      for (var k1 = low.y; k1 < high.y; k1++) {
        for (var k2 = low.z; k2 < high.z; k2++) {
          let k = vec3i(k0, k1, k2);
          sum += f32(V[plane + ravel(start + k * u.d, u.X)]) * f32(K[weights + ravel(k, u.R) * u.kernelK]);
        }
      }
    }
  }
  Z[z] = stored(sum);
}
`,
  "sum-over-samples": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// total[i] = Σ_n G[n, i], one invocation an element of the total.
struct Uniforms {
  N: i32,
  size: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read_write> total: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.size) { return; }
  var sum = 0.0;
  for (var n = 0; n < u.N; n++) { sum += f32(G[n * u.size + at]); }
  total[at] = stored(sum);
}
`,
  "sum-parts": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// total[i] = Σ_part sums[part, i], in order, one invocation an element of the total.
struct Uniforms {
  parts: i32,
  size: i32,
}
@group(0) @binding(0) var<storage, read> sums: array<f32>;
@group(0) @binding(1) var<storage, read_write> total: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.size) { return; }
  var sum = 0.0;
  for (var part = 0; part < u.parts; part++) { sum += sums[part * u.size + at]; }
  total[at] = stored(sum);
}
`,
  "sum-pool-gradient": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from \`low\` to before \`high\`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}

// The windows that a cell is in: window p where cell x = p·s + k·d − begin for a tap k. Where windows are adaptive, tap k
// stands for the k-th of the windows that hold the cell.
struct Around {
  first: vec3i,
  count: vec3i,
}

fn around(x: vec3i) -> Around {
  if (!adaptive) { return Around(vec3i(0), u.R); }
  let windows = sharesOf(x, u.P, u.X);
  return Around(windows[0], windows[1] - windows[0]);
}

// The window at tap k around cell x on each axis; with an entry that is negative where there is none.
fn windowAt(x: vec3i, place: Around, k: vec3i) -> vec3i {
  if (adaptive) { return place.first + k; }
  let t = x + u.begin - k * u.d;
  let p = t / u.s;
  return select(vec3i(-1), p, (t >= vec3i(0)) & (p * u.s == t) & (p < u.P));
}

// dV: what each element is given of the errors G of the windows it is in, each error as it is or divided among its window;
// one invocation an element of dV.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read_write> dV: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

// As in sum-pool.wgsl.
override divisor: u32 = 0u;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let v = numberOf(group, groups, local);
  let cells = volume(u.X);
  if (v >= u.planes * cells) { return; }
  let x = unravel(v % cells, u.X);
  let plane = v / cells * volume(u.P);
  let place = around(x);
  var sum = 0.0;
  for (var k0 = 0; k0 < place.count.x; k0++) {
    for (var k1 = 0; k1 < place.count.y; k1++) {
      for (var k2 = 0; k2 < place.count.z; k2++) {
        let k = vec3i(k0, k1, k2);
        let p = windowAt(x, place, k);
        if (any(p < vec3i(0))) { continue; }
        let error = f32(G[plane + ravel(p, u.P)]);
        if (divisor == 0u) { sum += error; }
        if (divisor == 1u) { sum += divide(error, f32(elementsOf(windowOf(p)))); }
        if (divisor == 2u) { sum += divide(error, f32(cellsOf(windowOf(p)))); }
      }
    }
  }
  dV[v] = stored(sum);
}
`,
  "sum-pool": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// What depends on NaN, infinities or the sign of zero is decided on bits: WGSL promises nothing of comparisons of them.
fn isNaN(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn allFinite(x: vec4f) -> bool {
  return all((bitcast<vec4u>(x) & vec4u(0x7f800000u)) != vec4u(0x7f800000u));
}

// A number that compares as an integer the way x compares as a float, NaN above all.
// −0 is below +0.
fn orderOf(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0xffffffffu; }
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// The same, with −0 and +0 as equals.
fn rankOf(x: f32) -> u32 {
  return max(orderOf(x), select(0u, 0x80000000u, (bitcast<u32>(x) << 1u) == 0u));
}

// Not constants: a constant expression must be finite.
fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

fn negativeInfinity() -> f32 {
  var bits = 0xff800000u;
  return bitcast<f32>(bits);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from \`low\` to before \`high\`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}

// Z: the sum of each window of V, or its average; one invocation a window.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read_write> Z: array<stored>;
@group(0) @binding(2) var<uniform> u: Uniforms;

// What the sum is divided by: 0 nothing, 1 the elements of the window, 2 its cells within the padded input.
override divisor: u32 = 0u;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  let positions = volume(u.P);
  if (z >= u.planes * positions) { return; }
  let window = windowOf(unravel(z % positions, u.P));
  let plane = z / positions * volume(u.X);
  var sum = 0.0;
  for (var k0 = window.low.x; k0 < window.high.x; k0++) {
    for (var k1 = window.low.y; k1 < window.high.y; k1++) {
      for (var k2 = window.low.z; k2 < window.high.z; k2++) {
        sum += f32(V[plane + ravel(window.first + vec3i(k0, k1, k2) * window.d, u.X)]);
      }
    }
  }
  if (divisor == 1u) {
    let elements = elementsOf(window);
    if (elements == 0) { sum = nan(); } else { sum = divide(sum, f32(elements)); }
  }
  if (divisor == 2u) { sum = divide(sum, f32(cellsOf(window))); }
  Z[z] = stored(sum);
}
`,
  update: `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// stepped = w − η·g, one invocation an element.
struct Uniforms {
  size: i32,
  rate: f32,
}
@group(0) @binding(0) var<storage, read> w: array<stored>;
@group(0) @binding(1) var<storage, read> g: array<stored>;
@group(0) @binding(2) var<storage, read_write> stepped: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= u.size) { return; }
  stepped[at] = stored(f32(w[at]) - u.rate * f32(g[at]));
}
`,
  "weighted-pool-gradient": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from \`low\` to before \`high\`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}

// The windows that a cell is in: window p where cell x = p·s + k·d − begin for a tap k. Where windows are adaptive, tap k
// stands for the k-th of the windows that hold the cell.
struct Around {
  first: vec3i,
  count: vec3i,
}

fn around(x: vec3i) -> Around {
  if (!adaptive) { return Around(vec3i(0), u.R); }
  let windows = sharesOf(x, u.P, u.X);
  return Around(windows[0], windows[1] - windows[0]);
}

// The window at tap k around cell x on each axis; with an entry that is negative where there is none.
fn windowAt(x: vec3i, place: Around, k: vec3i) -> vec3i {
  if (adaptive) { return place.first + k; }
  let t = x + u.begin - k * u.d;
  let p = t / u.s;
  return select(vec3i(-1), p, (t >= vec3i(0)) & (p * u.s == t) & (p < u.P));
}

// dV: Σ G · weight / total over the windows an element is in; one invocation an element of dV.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> G: array<stored>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read> totals: array<f32>;
@group(0) @binding(3) var<storage, read_write> dV: array<stored>;
@group(0) @binding(4) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let v = numberOf(group, groups, local);
  let cells = volume(u.X);
  if (v >= u.planes * cells) { return; }
  let x = unravel(v % cells, u.X);
  let plane = v / cells * volume(u.P);
  let place = around(x);
  var sum = 0.0;
  for (var k0 = 0; k0 < place.count.x; k0++) {
    for (var k1 = 0; k1 < place.count.y; k1++) {
      for (var k2 = 0; k2 < place.count.z; k2++) {
        let k = vec3i(k0, k1, k2);
        let p = windowAt(x, place, k);
        if (any(p < vec3i(0))) { continue; }
        let at = ravel(p, u.P);
        sum += divide(f32(G[plane + at]) * weights[ravel(k, u.R)], totals[at]);
      }
    }
  }
  dV[v] = stored(sum);
}
`,
  "weighted-pool-totals": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from \`low\` to before \`high\`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}

// totals: the sum of the weights of each window of one plane; one invocation a window.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> weights: array<f32>;
@group(0) @binding(1) var<storage, read_write> totals: array<f32>;
@group(0) @binding(2) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = numberOf(group, groups, local);
  if (at >= volume(u.P)) { return; }
  let window = windowOf(unravel(at, u.P));
  var total = 0.0;
  for (var k0 = window.low.x; k0 < window.high.x; k0++) {
    for (var k1 = window.low.y; k1 < window.high.y; k1++) {
      for (var k2 = window.low.z; k2 < window.high.z; k2++) {
        total += weights[ravel(vec3i(k0, k1, k2), u.R)];
      }
    }
  }
  totals[at] = total;
}
`,
  "weighted-pool": `// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}

// What depends on NaN, infinities or the sign of zero is decided on bits: WGSL promises nothing of comparisons of them.
fn isNaN(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

fn allFinite(x: vec4f) -> bool {
  return all((bitcast<vec4u>(x) & vec4u(0x7f800000u)) != vec4u(0x7f800000u));
}

// A number that compares as an integer the way x compares as a float, NaN above all.
// −0 is below +0.
fn orderOf(x: f32) -> u32 {
  let bits = bitcast<u32>(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) { return 0xffffffffu; }
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

// The same, with −0 and +0 as equals.
fn rankOf(x: f32) -> u32 {
  return max(orderOf(x), select(0u, 0x80000000u, (bitcast<u32>(x) << 1u) == 0u));
}

// Not constants: a constant expression must be finite.
fn nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

fn negativeInfinity() -> f32 {
  var bits = 0xff800000u;
  return bitcast<f32>(bits);
}

// Quotients and roots to within one unit in the last place: WGSL lets a division be 2.5 of them off, a root more. One step of
// Newton's method on the residual, which a fused multiply-add gives exactly.
fn isOrdinary(x: f32) -> bool {
  let exponent = (bitcast<u32>(x) >> 23u) & 0xffu;
  return exponent > 24u && exponent < 230u;
}

fn divide(a: f32, b: f32) -> f32 {
  let q = a / b;
  if (!(isOrdinary(a) && isOrdinary(b) && isOrdinary(q))) { return q; }
  return q + fma(-q, b, a) / b;
}

fn root(a: f32) -> f32 {
  let r = sqrt(a);
  if (!(isOrdinary(a) && isOrdinary(r))) { return r; }
  return r + fma(-r, r, a) / (2.0 * r);
}

// Three axes, slowest first.
fn volume(extents: vec3i) -> i32 {
  return extents.x * extents.y * extents.z;
}

fn unravel(at: i32, extents: vec3i) -> vec3i {
  let row = at / extents.z;
  return vec3i(row / extents.y, row % extents.y, at % extents.z);
}

fn ravel(index: vec3i, extents: vec3i) -> i32 {
  return (index.x * extents.y + index.y) * extents.z + index.z;
}

// The taps of a window that meet a cell: tap k of a window at \`start\` stands at cell start + k·d.

// The first tap that is not before cell 0.
fn firstTap(start: vec3i, d: vec3i) -> vec3i {
  return select(vec3i(0), (d - 1 - start) / d, start < vec3i(0));
}

// One past the last tap of R that is before cell X.
fn pastTap(start: vec3i, d: vec3i, R: vec3i, X: vec3i) -> vec3i {
  return select(vec3i(0), min(R, (X - start + d - 1) / d), X > start);
}

// The windows of a pooling over planes of extents X, and which of them a cell is in. The kernel has, in its uniforms u,
// X: the extents of the input, P: of the output, and where windows slide R, s, d, begin, end; where they are
// adaptive, these are not looked at.
override adaptive: bool = false;

// Cells first + k·d, for k from \`low\` to before \`high\`, on each axis.
struct Window {
  first: vec3i,
  low: vec3i,
  high: vec3i,
  d: vec3i,
}

// ⌊p·m / n⌋, where p·m may be too large for an integer but p·(m mod n) is not.
fn share(p: vec3i, m: vec3i, n: vec3i) -> vec3i {
  return p * (m / n) + p * (m % n) / n;
}

// The first cell of window p of n over m cells, and one past its last.
fn sharesOf(p: vec3i, m: vec3i, n: vec3i) -> array<vec3i, 2> {
  let next = p + 1;
  let rest = next * (m % n);
  return array(share(p, m, n), next * (m / n) + (rest + n - 1) / n);
}

fn windowOf(p: vec3i) -> Window {
  if (adaptive) {
    let cells = sharesOf(p, u.X, u.P);
    return Window(cells[0], vec3i(0), cells[1] - cells[0], vec3i(1));
  }
  let first = p * u.s - u.begin;
  return Window(first, firstTap(first, u.d), pastTap(first, u.d, u.R, u.X), u.d);
}

// How many elements of the input a window holds.
fn elementsOf(window: Window) -> i32 {
  return volume(max(vec3i(0), window.high - window.low));
}

// How many of its cells lie in the padded input.
fn cellsOf(window: Window) -> i32 {
  if (adaptive) { return elementsOf(window); }
  return volume(pastTap(window.first, u.d, u.R, u.X + u.end));
}

// Z: the average of each window of V, weighted by tap; one invocation a window.
struct Uniforms {
  X: vec3i,
  R: vec3i,
  P: vec3i,
  s: vec3i,
  d: vec3i,
  begin: vec3i,
  end: vec3i,
  planes: i32,
}
@group(0) @binding(0) var<storage, read> V: array<stored>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read_write> Z: array<stored>;
@group(0) @binding(3) var<uniform> u: Uniforms;

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z = numberOf(group, groups, local);
  let positions = volume(u.P);
  if (z >= u.planes * positions) { return; }
  let window = windowOf(unravel(z % positions, u.P));
  let plane = z / positions * volume(u.X);
  var sum = 0.0;
  var total = 0.0;
  for (var k0 = window.low.x; k0 < window.high.x; k0++) {
    for (var k1 = window.low.y; k1 < window.high.y; k1++) {
      for (var k2 = window.low.z; k2 < window.high.z; k2++) {
        let k = vec3i(k0, k1, k2);
        let weight = weights[ravel(k, u.R)];
        sum += weight * f32(V[plane + ravel(window.first + k * window.d, u.X)]);
        total += weight;
      }
    }
  }
  if (elementsOf(window) == 0) { sum = nan(); } else { sum = divide(sum, total); }
  Z[z] = stored(sum);
}
`,
} as const;

export type KernelName = keyof typeof kernels;
