import type { FaceParameters } from '@retinaface/mesh-decoder'
import type { Candidate } from '../../src/candidates/decode-candidates.ts'
import { faceFrame } from '../../src/dense/face-frame.ts'
import type { HeadArchitecture } from '../../src/dense/head-architecture.ts'
import { cameraOfHead } from '../../src/dense/head-camera.ts'
import { offsetFromAnchor, writeGeometry } from '../../src/dense/head-geometry.ts'
import type { LinearLayer } from '../../src/dense/linear-layer.ts'
import type { FeatureMap } from '../../src/network/feature-map.ts'

/** The dense head as its formulas have it, one face at a time and in double precision: an oracle. */
export function plainHead(
  { inputs, outputs }: HeadArchitecture,
  layers: readonly LinearLayer[],
  candidate: Candidate,
  maps: ReadonlyMap<string, FeatureMap>,
): FaceParameters {
  const frame = faceFrame(candidate, inputs.frontalLandmarks)
  const geometry = new Float32Array(inputs.geometry)
  writeGeometry(candidate, frame, inputs.anchorKinds, geometry)
  const { stride, row, column } = candidate.anchor
  const input = [...geometry, ...sample(maps.get(inputs.own.tensors[stride]!)!, column, row)]
  for (const { tensor, stride: cell, activation } of inputs.grids) {
    for (const point of inputs.points) {
      const [u, v] = point.map((coordinate) => coordinate * frame.size) as [number, number]
      const x = frame.centreX + frame.cosine * u - frame.sine * v
      const y = frame.centreY + frame.sine * u + frame.cosine * v
      const sampled = sample(maps.get(tensor)!, x / cell, y / cell)
      input.push(...(activation === 'relu' ? sampled.map(relu) : sampled))
    }
  }
  const [hidden, second, out] = layers as [LinearLayer, LinearLayer, LinearLayer]
  const raw = linear(out, linear(second, linear(hidden, input).map(relu)).map(relu))
  const [x, y] = offsetFromAnchor(candidate.anchor, frame)
  const offset = [x / frame.size, y / frame.size] as const
  const { latent, light, camera } = outputs
  return {
    latent: Float32Array.from(raw.slice(0, latent)),
    camera: cameraOfHead(raw.slice(latent), frame, candidate.anchor.size, offset, camera),
    light: Float32Array.from(light.neutral, (v, i) => v + light.step[i]! * raw[latent + 7 + i]!),
  }
}

const relu = (value: number) => Math.max(value, 0)

function linear({ weight, bias }: LinearLayer, input: readonly number[]): number[] {
  return Array.from(bias, (value, output) =>
    input.reduce((sum, x, i) => sum + weight[output * input.length + i]! * x, value),
  )
}

/** Every channel at (x, y) in cells, bilinear and constant beyond the border. */
function sample(map: FeatureMap, x: number, y: number): number[] {
  const { data, channels, rows, columns, cellStep, channelStep } = map
  const inside = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1)
  const [column, row] = [inside(x, columns), inside(y, rows)]
  const [left, top] = [Math.floor(column), Math.floor(row)]
  const [fx, fy] = [column - left, row - top]
  return Array.from({ length: channels }, (_, channel) => {
    const at = (r: number, c: number) =>
      data[(inside(r, rows) * columns + inside(c, columns)) * cellStep + channel * channelStep]!
    const above = (1 - fx) * at(top, left) + fx * at(top, left + 1)
    const below = (1 - fx) * at(top + 1, left) + fx * at(top + 1, left + 1)
    return (1 - fy) * above + fy * below
  })
}
