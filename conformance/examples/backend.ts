import { type Backend, check, operators, resolveWindow, UnsupportedError, zeros } from "convspec/spec";

const backend: Backend = {
  name: "mine",
  dtypes: ["f32"],
  operators: {
    correlate: ({ V, K, b }, attributes) => {
      check(operators.correlate, { inputs: { V, K, b }, attributes }); // refuses bad calls as the spec wants
      const [N, , H, W] = V.shape;
      if (V.shape.length !== 4 || attributes.groups > 1) throw new UnsupportedError("images without groups only");
      const [O, C, R, S] = K.shape;
      const { begin, extents } = resolveWindow([H, W], [R, S], attributes);
      const [s, d] = [attributes.stride, attributes.dilation];
      const Z = zeros("f32", [N, O, ...extents]);
      let z = 0;
      for (let n = 0; n < N; n++)
        for (let o = 0; o < O; o++)
          for (let i = 0; i < extents[0]; i++)
            for (let j = 0; j < extents[1]; j++) {
              let sum = b ? b.data[o] : 0;
              for (let c = 0; c < C; c++)
                for (let k = 0; k < R; k++)
                  for (let l = 0; l < S; l++) {
                    const y = i * s[0] + k * d[0] - begin[0];
                    const x = j * s[1] + l * d[1] - begin[1];
                    if (y < 0 || y >= H || x < 0 || x >= W) continue;
                    sum += V.data[((n * C + c) * H + y) * W + x] * K.data[((o * C + c) * R + k) * S + l];
                  }
              Z.data[z++] = sum;
            }
      return { Z };
    },
  },
};

export default backend;
