// The number of an invocation. A dispatch of more workgroups than one axis holds goes on along y.
override W: u32 = 64u;

fn numberOf(group: vec3u, groups: vec3u, local: u32) -> i32 {
  return i32((group.y * groups.x + group.x) * W + local);
}
