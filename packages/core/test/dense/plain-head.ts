import { type FaceParameters, rotationMatrix } from '@retinaface/mesh-decoder'
import type { Candidate } from '../../src/candidates/decode-candidates.ts'
import { faceFrame } from '../../src/dense/face-frame.ts'
import type { HeadArchitecture } from '../../src/dense/head-architecture.ts'
import { cameraOfHead, type HeadCameraScale } from '../../src/dense/head-camera.ts'
import { offsetFromAnchor, writeGeometry } from '../../src/dense/head-geometry.ts'
import type { LinearLayer } from '../../src/dense/linear-layer.ts'
import type { FeatureMap } from '../../src/network/feature-map.ts'
import {
  landmarksOf,
  product as linear,
  type PlainPatches,
  relu,
  samplesOf,
  solve,
} from './plain-patches.ts'

/** The layers of a head and of its refinements, and where these read. */
export interface PlainLayers {
  readonly head: readonly LinearLayer[]
  readonly refinements: readonly (readonly LinearLayer[])[]
  /** [points × 3, latents] and [points × 3]. */
  readonly points: LinearLayer | undefined
  readonly patches: PlainPatches | undefined
}

/** The dense head as its formulas have it, one face at a time and in double precision: an oracle. */
export function plainHead(
  { inputs, outputs }: HeadArchitecture,
  { head, refinements, points, patches }: PlainLayers,
  candidate: Candidate,
  maps: ReadonlyMap<string, FeatureMap>,
): FaceParameters {
  const frame = faceFrame(candidate, inputs.frontalLandmarks)
  const geometry = new Float32Array(inputs.geometry)
  writeGeometry(candidate, frame, inputs.anchorKinds, geometry)
  const { stride, row, column } = candidate.anchor
  const sampled = (tensor: string, cell: number, [across, down]: readonly [number, number]) => {
    const [u, v] = [across * frame.size, down * frame.size]
    const x = frame.centreX + frame.cosine * u - frame.sine * v
    const y = frame.centreY + frame.sine * u + frame.cosine * v
    return sample(maps.get(tensor)!, x / cell, y / cell)
  }
  const read = (places: readonly (readonly [number, number])[]) =>
    inputs.grids.flatMap(({ tensor, stride: cell, activation }) =>
      places.flatMap((place) => {
        const values = sampled(tensor, cell, place)
        return activation === 'relu' ? values.map(relu) : values
      }),
    )
  const own = sample(maps.get(inputs.own.tensors[stride]!)!, column, row)
  const [x, y] = offsetFromAnchor(candidate.anchor, frame)
  const offset = [x / frame.size, y / frame.size] as const
  const { latent, light, camera } = outputs
  let raw = through(head, [...geometry, ...own, ...read(inputs.points)])
  for (const layers of refinements) {
    const places = projected(shapeOf(points!, raw), raw.slice(latent), camera, offset)
    const added = through(layers, [...geometry, ...raw, ...read(places)])
    raw = raw.map((value, i) => value + added[i]!)
  }
  if (patches && frame.size >= patches.leastSize) {
    const picture = inputs.grids.find(({ stride: cell }) => cell === 1)!.tensor
    const middles = shapeOf(patches.middles, raw)
    const found = patches.patches.flatMap((patch, i) => {
      const places = projected(samplesOf(patch, middles[i]!), raw.slice(latent), camera, offset)
      const pixels = places.map((place) => sampled(picture, 1, place))
      return landmarksOf(patches, patch, pixels, places)
    })
    raw = fitted(raw, found, patches, latent, camera, offset)
  }
  return {
    latent: Float32Array.from(raw.slice(0, latent)),
    camera: cameraOfHead(raw.slice(latent), frame, candidate.anchor.size, offset, camera),
    light: Float32Array.from(light.neutral, (v, i) => v + light.step[i]! * raw[latent + 7 + i]!),
  }
}

type Point = readonly [number, number, number]

/** Points of the mean face and its latents. */
function shapeOf(points: LinearLayer, raw: readonly number[]): Point[] {
  const latents = points.weight.length / points.bias.length
  const flat = linear(points, raw.slice(0, latents))
  return Array.from({ length: flat.length / 3 }, (_, i) => [
    flat[3 * i]!,
    flat[3 * i + 1]!,
    flat[3 * i + 2]!,
  ])
}

/** Points turned and projected, in the face's frame. */
function projected(
  points: readonly Point[],
  camera: readonly number[],
  { scaleStep, typicalSize, typicalDistance, distanceRange, placeStep }: HeadCameraScale,
  offset: readonly [number, number],
): [number, number][] {
  const turn = rotationMatrix(camera.slice(0, 3))
  const scale = Math.exp(scaleStep * camera[3]!) / typicalSize
  const [low, high] = distanceRange
  const distance = typicalDistance * Math.exp(Math.min(Math.max(camera[4]!, low), high))
  return points.map((point) => {
    const [x, y, z] = [0, 3, 6].map((row) =>
      [0, 1, 2].reduce((sum, axis) => sum + turn[row + axis]! * point[axis]!, 0),
    ) as [number, number, number]
    const flat = [scale * x, -scale * y].map((value, axis) => {
      const centre = placeStep * camera[5 + axis]! + offset[axis]!
      return ((value + centre) * distance) / (distance - z) - offset[axis]!
    })
    return flat as [number, number]
  })
}

/** The answer after one ridge step to landmarks, whose derivatives are differences; by elimination. */
function fitted(
  raw: readonly number[],
  landmarks: readonly (readonly [number, number])[],
  { landmarks: points, prior }: PlainPatches,
  latent: number,
  camera: HeadCameraScale,
  offset: readonly [number, number],
): number[] {
  const latents = points.weight.length / points.bias.length
  const moved = (step: readonly number[]) => {
    const next = [...raw]
    for (let i = 0; i < latents; i++) next[i]! += step[i]!
    next[latent + 5]! += step[latents]! / camera.placeStep
    next[latent + 6]! += step[latents + 1]! / camera.placeStep
    next[latent + 3]! += Math.log1p(step[latents + 2]!) / camera.scaleStep
    return next
  }
  // The distance of a point from the camera counts as fixed.
  const turn = rotationMatrix(raw.slice(latent, latent + 3))
  const [low, high] = camera.distanceRange
  const distance =
    camera.typicalDistance * Math.exp(Math.min(Math.max(raw[latent + 4]!, low), high))
  const nearness = shapeOf(points, raw).map((point) => {
    const z = [0, 1, 2].reduce((sum, axis) => sum + turn[6 + axis]! * point[axis]!, 0)
    return distance / (distance - z)
  })
  const flat = (answer: readonly number[], near: readonly number[]) => {
    const scale = Math.exp(camera.scaleStep * answer[latent + 3]!) / camera.typicalSize
    return shapeOf(points, answer).flatMap((point, i) =>
      [0, 1].map((axis) => {
        const along = [0, 1, 2].reduce((sum, k) => sum + turn[3 * axis + k]! * point[k]!, 0)
        const centre = camera.placeStep * answer[latent + 5 + axis]! + offset[axis]!
        return ((axis === 0 ? along : -along) * scale + centre) * near[i]! - offset[axis]!
      }),
    )
  }
  const residual = flat(raw, nearness).map((value, i) => landmarks[i >> 1]![i & 1]! - value)
  const unknowns = Array.from({ length: latents + 3 }, (_, i) => i)
  const half = 1e-3
  // For the derivatives all landmarks are equally near.
  const mean = nearness.map(() => nearness.reduce((sum, each) => sum + each) / nearness.length)
  const derivatives = unknowns.map((unknown) => {
    const step = unknowns.map((i) => (i === unknown ? half : 0))
    const [after, before] = [step, step.map((value) => -value)].map((each) =>
      flat(moved(each), mean),
    )
    return after!.map((value, i) => (value - before![i]!) / (2 * half))
  })
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, v, i) => sum + v * b[i]!, 0)
  const matrix = unknowns.map((i) =>
    unknowns.map((j) => {
      const own = i < latents ? prior.latent : prior.place
      return dot(derivatives[i]!, derivatives[j]!) + (i === j ? own : 0)
    }),
  )
  const step = solve(
    matrix,
    derivatives.map((row) => dot(row, residual)),
  )
  step[latents + 2] = Math.min(Math.max(step[latents + 2]!, -0.2), 0.2)
  return moved(step)
}

function through(layers: readonly LinearLayer[], input: readonly number[]): number[] {
  const [hidden, second, out] = layers as [LinearLayer, LinearLayer, LinearLayer]
  return linear(out, linear(second, linear(hidden, input).map(relu)).map(relu))
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
