// include snippets/number.wgsl
// include snippets/reduce.wgsl
// Z[o] = b[o] + Σ_i x[i] · K[o,i] for a single sample, where each weight is used once: one workgroup an output, whose
// invocations add up four inputs at a time, and then each other's sums.
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

@compute @workgroup_size(W)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let o = i32(group.y * groups.x + group.x);
  if (o >= u.O) { return; }
  var sums = vec4f();
  let whole = u.I / 4 * 4;
  for (var i = 4 * i32(local); i < whole; i += 4 * i32(W)) {
    let k = o * u.I + i;
    let v = vec4f(f32(x[i]), f32(x[i + 1]), f32(x[i + 2]), f32(x[i + 3]));
    sums = fma(vec4f(f32(K[k]), f32(K[k + 1]), f32(K[k + 2]), f32(K[k + 3])), v, sums);
  }
  var own = (sums.x + sums.y) + (sums.z + sums.w);
  let rest = whole + i32(local);
  if (rest < u.I) { own = fma(f32(K[o * u.I + rest]), f32(x[rest]), own); }
  var sum = reduce(own, local);
  if (local > 0u) { return; }
  if (hasBias) { sum += f32(b[o]); }
  Z[o] = stored(sum);
}
