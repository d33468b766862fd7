import { ELU, type Kernel, NOTHING } from '../wasm/kernel.ts'

/** The kernel in JavaScript, for engines without WebAssembly SIMD. */
export function javascriptKernel(memory: ArrayBuffer): Kernel {
  const f32 = new Float32Array(memory)
  const i32 = new Int32Array(memory)
  const point = new Float32Array(6)
  return {
    matmul(x, xStride, weight, bias, z, zStride, rows, inner, columns) {
      for (let panel = 0; panel < columns; panel += 8) {
        const w = (weight >> 2) + panel * inner
        for (let row = 0; row < rows; row++) {
          const from = (x + row * xStride) >> 2
          const to = ((z + row * zStride) >> 2) + panel
          multiplyPanel(f32, from, w, (bias >> 2) + panel, to, inner, panel + 4 < columns)
        }
      }
    },
    resample(out, outStride, rows, channels, starts, indices, weights, x, xStride) {
      for (let row = 0; row < rows; row++) {
        const first = i32[(starts >> 2) + row]!
        const last = i32[(starts >> 2) + row + 1]!
        const to = (out + row * outStride) >> 2
        f32.fill(0, to, to + channels)
        for (let k = first; k < last; k++) {
          const from = (x + i32[(indices >> 2) + k]! * xStride) >> 2
          const share = f32[(weights >> 2) + k]!
          for (let c = 0; c < channels; c++) f32[to + c]! += share * f32[from + c]!
        }
      }
    },
    laplacian(
      out,
      outStride,
      x,
      xStride,
      plus,
      plusStride,
      minus,
      minusStride,
      rows,
      channels,
      factor,
      starts,
      neighbours,
      diagonal,
      offDiagonal,
    ) {
      for (let row = 0; row < rows; row++) {
        const first = (neighbours >> 2) + i32[(starts >> 2) + row]!
        const last = (neighbours >> 2) + i32[(starts >> 2) + row + 1]!
        const to = (out + row * outStride) >> 2
        const own = (x + row * xStride) >> 2
        const added = plus === NOTHING ? NOTHING : (plus + row * plusStride) >> 2
        const taken = minus === NOTHING ? NOTHING : (minus + row * minusStride) >> 2
        const on = factor * f32[(diagonal >> 2) + row]!
        for (let c = 0; c < channels; c += 4) {
          startSum(f32, to + c, own + c, on, added && added + c, taken && taken + c)
          addNeighbours(f32, i32, to + c, (x >> 2) + c, first, last, xStride, factor * offDiagonal)
        }
      }
    },
    activate(values, count, kind, slope) {
      for (let i = values >> 2; i < (values >> 2) + count; i++) {
        const value = f32[i]!
        if (value < 0) f32[i] = kind === ELU ? Math.expm1(value) : slope * value
      }
    },
    activationGradient(gradients, values, count, kind, slope) {
      for (let i = 0; i < count; i++) {
        const value = f32[(values >> 2) + i]!
        if (value <= 0) f32[(gradients >> 2) + i]! *= kind === ELU ? value + 1 : slope
      }
    },
    place(canonical, colors, vertices, starts, indices, weights, x, xStride, mean, scale) {
      for (let vertex = 0; vertex < vertices; vertex++) {
        const to = vertex * 3
        const row = vertex * 32
        resampleRow(f32, i32, point, vertex, starts, indices, weights, x, xStride)
        for (let c = 0; c < 3; c++) {
          f32[(canonical >> 2) + to + c] = scaled(f32, mean + row, scale + row, point, c)
          f32[(colors >> 2) + to + c] = scaled(f32, mean + row, scale + row, point, c + 3)
        }
      }
    },
    project(out, vertices, starts, indices, weights, x, xStride, mean, scale, matrix) {
      const m = f32.subarray(matrix >> 2, (matrix >> 2) + 20)
      for (let vertex = 0; vertex < vertices; vertex++) {
        const row = vertex * 32
        resampleRow(f32, i32, point, vertex, starts, indices, weights, x, xStride)
        for (let c = 0; c < 3; c++) point[c] = scaled(f32, mean + row, scale + row, point, c)
        projectPoint(f32, point, m, (out >> 2) + vertex * 3)
      }
    },
  }
}

/** The first numbers of a row of S x. */
function resampleRow(
  f32: Float32Array,
  i32: Int32Array,
  dst: Float32Array,
  row: number,
  starts: number,
  indices: number,
  weights: number,
  x: number,
  xStride: number,
): void {
  const last = i32[(starts >> 2) + row + 1]!
  dst.fill(0)
  for (let k = i32[(starts >> 2) + row]!; k < last; k++) {
    const from = (x + i32[(indices >> 2) + k]! * xStride) >> 2
    const share = f32[(weights >> 2) + k]!
    for (let c = 0; c < dst.length; c++) dst[c]! += share * f32[from + c]!
  }
}

function scaled(
  f32: Float32Array,
  mean: number,
  scale: number,
  values: Float32Array,
  c: number,
): number {
  return f32[(mean >> 2) + c]! + f32[(scale >> 2) + c]! * values[c]!
}

/** Eight columns of one row of a matrix product, unrolled so that the sums stay in registers. */
function multiplyPanel(
  f32: Float32Array,
  x: number,
  weight: number,
  bias: number,
  z: number,
  inner: number,
  isWhole: boolean,
): void {
  let s0 = f32[bias]!
  let s1 = f32[bias + 1]!
  let s2 = f32[bias + 2]!
  let s3 = f32[bias + 3]!
  let s4 = f32[bias + 4]!
  let s5 = f32[bias + 5]!
  let s6 = f32[bias + 6]!
  let s7 = f32[bias + 7]!
  for (let i = 0, w = weight; i < inner; i++, w += 8) {
    const value = f32[x + i]!
    s0 += value * f32[w]!
    s1 += value * f32[w + 1]!
    s2 += value * f32[w + 2]!
    s3 += value * f32[w + 3]!
    s4 += value * f32[w + 4]!
    s5 += value * f32[w + 5]!
    s6 += value * f32[w + 6]!
    s7 += value * f32[w + 7]!
  }
  f32[z] = s0
  f32[z + 1] = s1
  f32[z + 2] = s2
  f32[z + 3] = s3
  if (!isWhole) return
  f32[z + 4] = s4
  f32[z + 5] = s5
  f32[z + 6] = s6
  f32[z + 7] = s7
}

/** on · own + added − taken, for four channels. */
function startSum(
  f32: Float32Array,
  to: number,
  own: number,
  on: number,
  added: number,
  taken: number,
): void {
  for (let c = 0; c < 4; c++) {
    const plus = added === NOTHING ? 0 : f32[added + c]!
    const minus = taken === NOTHING ? 0 : f32[taken + c]!
    f32[to + c] = on * f32[own + c]! + plus - minus
  }
}

/** Add `off` times the sum over the neighbours, for four channels. */
function addNeighbours(
  f32: Float32Array,
  i32: Int32Array,
  to: number,
  from: number,
  first: number,
  last: number,
  stride: number,
  off: number,
): void {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  for (let k = first; k < last; k++) {
    const at = from + ((i32[k]! * stride) >> 2)
    s0 += f32[at]!
    s1 += f32[at + 1]!
    s2 += f32[at + 2]!
    s3 += f32[at + 3]!
  }
  f32[to]! += off * s0
  f32[to + 1]! += off * s1
  f32[to + 2]! += off * s2
  f32[to + 3]! += off * s3
}

function projectPoint(f32: Float32Array, point: Float32Array, m: Float32Array, to: number): void {
  const x = point[0]!
  const y = point[1]!
  const z = point[2]!
  const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!
  f32[to] = (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w + m[16]!
  f32[to + 1] = (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w + m[17]!
  f32[to + 2] = m[2]! * x + m[6]! * y + m[10]! * z + m[14]! + m[18]!
}
