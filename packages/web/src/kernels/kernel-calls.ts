import type { Kernels } from './kernel-module.ts'
import type { KernelLayer } from './kernel-steps.ts'
import type { MapLayout, RowBand } from './map-layout.ts'
import { BLOCK, wholeBlocks } from './pack-weights.ts'

/** A kernel and what it is called with. */
export type KernelCall = readonly [kernel: keyof Kernels, ...numbers: number[]]

/** Addresses of a layer's numbers. */
export interface LayerAddress {
  readonly weights: number
  readonly biases: number
  /** Of the weights for the Winograd kernel, where it is worth it. */
  readonly transformed?: number
}

/** A layer, where its numbers lie, and how many channels of its input it reads. */
export interface PlacedLayer extends KernelLayer, LayerAddress {
  readonly channels: number
}

// Windows of the Winograd kernel that fit in the second-level cache with the weights.
const stripWindows = 48
// The convolution kernel reads and writes six at least.
const slackWindows = 6

/** Zeros around some rows of a map: after each, and before the first and after the last of all. */
export function clearBorder(map: MapLayout, { first, count }: RowBand): KernelCall[] {
  const { border, row, pixel } = map
  const firstEnd = border + (first + 2) * row
  const ends: KernelCall[] = [['clear', firstEnd, count, row, pixel]]
  if (first === 0) ends.push(['clear', border, 1, 0, row + pixel])
  if (first + count === map.rows)
    ends.push(['clear', firstEnd + (count - 1) * row, 1, 0, row + pixel])
  return ends
}

export function readPixels(input: number, to: MapLayout, mean: number): KernelCall {
  return ['readPixels', input, to.start, to.rows, to.columns, to.row, mean]
}

export function add(
  from: MapLayout,
  other: MapLayout,
  to: MapLayout,
  { channels, relu }: { readonly channels: number; readonly relu: boolean },
): KernelCall {
  const isHalved = other.columns < from.columns
  return [
    'add',
    ...[from.start, other.start, to.start, to.rows, to.columns, to.row, other.row],
    ...[channels, isHalved ? 1 : 0, floorOf(relu)],
  ]
}

export function maxPool(from: MapLayout, to: MapLayout, channels: number): KernelCall {
  return ['maxPool', from.start, to.start, to.rows, to.columns, from.row, to.row, channels]
}

export function depthwise(from: MapLayout, to: MapLayout, layer: PlacedLayer): KernelCall {
  const { weights, biases, stride, channels } = layer
  return [
    'depthwise',
    ...[cornerOf(from, layer), to.start, weights, biases],
    ...[to.rows, to.columns, stride * from.row, to.row],
    ...[from.row, stride * from.pixel, to.pixel, channels, floorOf(layer.relu)],
  ]
}

export function convolve(from: MapLayout, to: MapLayout, layer: PlacedLayer): KernelCall {
  const { weights, biases, stride, channels } = layer
  const window = windowOf(layer)
  // Without a stride all rows are one; the border between them is computed too and cleared later.
  const rows =
    stride === 1
      ? [1, to.rows * (to.columns + 1) - 1, 0, 0]
      : [to.rows, to.columns, stride * from.row, to.row]
  const run = window === 1 ? channels : (window * from.pixel) / 4
  return [
    'convolve',
    ...[cornerOf(from, layer), to.start, weights, biases, ...rows],
    ...[stride * from.pixel, to.pixel, window, from.row, run],
    ...[blocksOf(layer), floorOf(layer.relu)],
  ]
}

/** Whether the Winograd kernel can compute a map: it makes four pixels at a time. */
export function suitsWinograd({ rows, columns }: MapLayout, layer: PlacedLayer): boolean {
  return layer.transformed !== undefined && rows % 2 === 0 && columns % 2 === 0
}

/** Bytes of room that the Winograd kernel needs on each thread while it runs. */
export function winogradScratch(to: MapLayout, layer: PlacedLayer): number {
  const perWindow = layer.channels + BLOCK * blocksOf(layer)
  return 4 * 16 * (stripOf(to) + slackWindows) * perWindow
}

export function winograd(
  from: MapLayout,
  to: MapLayout,
  layer: PlacedLayer,
  scratch: number,
): KernelCall {
  const { transformed, biases, channels } = layer
  return [
    'winograd',
    ...[cornerOf(from, layer), to.start, transformed!, biases],
    ...[to.rows, to.columns, from.row, to.row, from.pixel, to.pixel],
    ...[channels, blocksOf(layer), scratch, stripOf(to), floorOf(layer.relu)],
  ]
}

/** Rows of a map that the Winograd kernel works on together. */
export function winogradRows(to: MapLayout): number {
  return (2 * stripOf(to)) / (to.columns / 2)
}

/** Whole rows of windows, at least one. */
function stripOf({ columns }: MapLayout): number {
  const perRow = columns / 2
  return perRow * Math.max(1, Math.floor(stripWindows / perRow))
}

/** The first value of the first pixel's window. */
function cornerOf(from: MapLayout, layer: PlacedLayer): number {
  return windowOf(layer) === 3 ? from.start - from.row - from.pixel : from.start
}

function windowOf({ weight }: PlacedLayer): number {
  return weight.dims[2]!
}

function blocksOf({ weight }: PlacedLayer): number {
  return wholeBlocks(weight.dims[0]!) / BLOCK
}

function floorOf(relu: boolean): number {
  return relu ? 0 : Number.NEGATIVE_INFINITY
}
