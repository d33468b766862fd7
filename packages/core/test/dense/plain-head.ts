import { type FaceParameters, rotationMatrix } from '@retinaface/mesh-decoder'
import type { Candidate } from '../../src/candidates/decode-candidates.ts'
import { faceFrame } from '../../src/dense/face-frame.ts'
import type { HeadArchitecture } from '../../src/dense/head-architecture.ts'
import { cameraOfHead, type HeadCameraScale } from '../../src/dense/head-camera.ts'
import { offsetFromAnchor, writeGeometry } from '../../src/dense/head-geometry.ts'
import type { LinearLayer } from '../../src/dense/linear-layer.ts'
import type { FeatureMap } from '../../src/network/feature-map.ts'

/** The layers of a head and of its refinements, and where these read. */
export interface PlainLayers {
  readonly head: readonly LinearLayer[]
  readonly refinements: readonly (readonly LinearLayer[])[]
  /** [points × 3, latents] and [points × 3]. */
  readonly points: LinearLayer | undefined
}

/** The dense head as its formulas have it, one face at a time and in double precision: an oracle. */
export function plainHead(
  { inputs, outputs }: HeadArchitecture,
  { head, refinements, points }: PlainLayers,
  candidate: Candidate,
  maps: ReadonlyMap<string, FeatureMap>,
): FaceParameters {
  const frame = faceFrame(candidate, inputs.frontalLandmarks)
  const geometry = new Float32Array(inputs.geometry)
  writeGeometry(candidate, frame, inputs.anchorKinds, geometry)
  const { stride, row, column } = candidate.anchor
  const read = (places: readonly (readonly [number, number])[]) =>
    inputs.grids.flatMap(({ tensor, stride: cell, activation }) =>
      places.flatMap(([across, down]) => {
        const [u, v] = [across * frame.size, down * frame.size]
        const x = frame.centreX + frame.cosine * u - frame.sine * v
        const y = frame.centreY + frame.sine * u + frame.cosine * v
        const sampled = sample(maps.get(tensor)!, x / cell, y / cell)
        return activation === 'relu' ? sampled.map(relu) : sampled
      }),
    )
  const own = sample(maps.get(inputs.own.tensors[stride]!)!, column, row)
  const [x, y] = offsetFromAnchor(candidate.anchor, frame)
  const offset = [x / frame.size, y / frame.size] as const
  const { latent, light, camera } = outputs
  let raw = through(head, [...geometry, ...own, ...read(inputs.points)])
  for (const layers of refinements) {
    const places = placesOf(points!, raw, latent, camera, offset)
    const added = through(layers, [...geometry, ...raw, ...read(places)])
    raw = raw.map((value, i) => value + added[i]!)
  }
  return {
    latent: Float32Array.from(raw.slice(0, latent)),
    camera: cameraOfHead(raw.slice(latent), frame, candidate.anchor.size, offset, camera),
    light: Float32Array.from(light.neutral, (v, i) => v + light.step[i]! * raw[latent + 7 + i]!),
  }
}

/** Points of the mean face and its latents, turned and projected, in the face's frame. */
function placesOf(
  points: LinearLayer,
  raw: readonly number[],
  latent: number,
  { scaleStep, typicalSize, typicalDistance, distanceRange, placeStep }: HeadCameraScale,
  offset: readonly [number, number],
): [number, number][] {
  const latents = points.weight.length / points.bias.length
  const shape = linear(points, raw.slice(0, latents))
  const camera = raw.slice(latent)
  const turn = rotationMatrix(camera.slice(0, 3))
  const scale = Math.exp(scaleStep * camera[3]!) / typicalSize
  const [low, high] = distanceRange
  const distance = typicalDistance * Math.exp(Math.min(Math.max(camera[4]!, low), high))
  return Array.from({ length: shape.length / 3 }, (_, i) => {
    const [x, y, z] = [0, 3, 6].map((row) =>
      [0, 1, 2].reduce((sum, axis) => sum + turn[row + axis]! * shape[3 * i + axis]!, 0),
    ) as [number, number, number]
    const flat = [scale * x, -scale * y].map((value, axis) => {
      const centre = placeStep * camera[5 + axis]! + offset[axis]!
      return ((value + centre) * distance) / (distance - z) - offset[axis]!
    })
    return flat as [number, number]
  })
}

function through(layers: readonly LinearLayer[], input: readonly number[]): number[] {
  const [hidden, second, out] = layers as [LinearLayer, LinearLayer, LinearLayer]
  return linear(out, linear(second, linear(hidden, input).map(relu)).map(relu))
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
