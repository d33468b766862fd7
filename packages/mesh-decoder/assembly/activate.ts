import { BLOCK } from './block'

const ELU = 1

export function activate(values: usize, count: i32, kind: i32, slope: f32): void {
  const end = values + ((<usize>count) << 2)
  const zero = f32x4.splat(0)
  const slopes = f32x4.splat(slope)
  for (; values < end; values += BLOCK) {
    const value = v128.load(values)
    // Unlike min and max, pmin and pmax are one instruction each.
    const below = f32x4.pmin(zero, value)
    const negative = kind === ELU ? exponentialMinusOne(below) : f32x4.mul(slopes, below)
    v128.store(values, f32x4.add(f32x4.pmax(zero, value), negative))
  }
}

/** exp(x) − 1 for x ≤ 0, to an absolute error of about 1e-7. */
function exponentialMinusOne(x: v128): v128 {
  const bounded = f32x4.max(x, f32x4.splat(-80))
  const power = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(Mathf.LOG2E)))
  const rest = f32x4.sub(
    f32x4.sub(bounded, f32x4.mul(power, f32x4.splat(0.693145751953125))),
    f32x4.mul(power, f32x4.splat(1.4286068203094173e-6)),
  )
  let series = f32x4.splat(1.0 / 5040.0)
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(1.0 / 720.0))
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(1.0 / 120.0))
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(1.0 / 24.0))
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(1.0 / 6.0))
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(0.5))
  series = f32x4.add(f32x4.mul(series, rest), f32x4.splat(1))
  series = f32x4.mul(series, rest)
  const exponent = i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127))
  const scale = i32x4.shl(exponent, 23)
  return f32x4.add(f32x4.mul(series, scale), f32x4.sub(scale, f32x4.splat(1)))
}

export function activationGradient(
  gradients: usize,
  values: usize,
  count: i32,
  kind: i32,
  slope: f32,
): void {
  const end = values + ((<usize>count) << 2)
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  const slopes = f32x4.splat(slope)
  for (; values < end; values += BLOCK) {
    const value = v128.load(values)
    const negative = kind === ELU ? f32x4.add(value, one) : slopes
    const derivative = v128.bitselect(one, negative, f32x4.gt(value, zero))
    v128.store(gradients, f32x4.mul(v128.load(gradients), derivative))
    gradients += BLOCK
  }
}
