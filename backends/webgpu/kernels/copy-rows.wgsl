// include snippets/number.wgsl
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
