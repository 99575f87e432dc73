// include snippets/number.wgsl
// include snippets/divide.wgsl
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
