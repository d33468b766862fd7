import { BoxGeometry, BufferAttribute, BufferGeometry } from 'three'
import { ANCHOR_COLOR, AXIS_COLORS, AXIS_LENGTH, AXIS_WIDTH } from '../scene/appearance.ts'

/** A head's axes as three bars of colour, in the canonical frame. */
export function axesGeometry(): BufferGeometry {
  const places: number[] = []
  const colors: number[] = []
  const triangles: number[] = []
  AXIS_COLORS.forEach((color, axis) => {
    const size = [0, 1, 2].map((k) => (k === axis ? AXIS_LENGTH : AXIS_WIDTH))
    const bar = new BoxGeometry(...size)
    bar.translate(...([0, 1, 2].map((k) => (k === axis ? AXIS_LENGTH / 2 : 0)) as Triple))
    const first = places.length / 3
    places.push(...bar.getAttribute('position').array)
    triangles.push(...Array.from(bar.getIndex()?.array ?? [], (vertex) => first + vertex))
    while (colors.length < places.length) colors.push(...color)
  })
  return coloredGeometry(places, colors, triangles)
}

type Triple = [number, number, number]

/** Width of the anchor's frame, as a share of its side. */
const FRAME = 0.012

/** The frame of a square of side 1 about the origin. */
export function anchorGeometry(): BufferGeometry {
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const
  const places = [0.5 + FRAME / 2, 0.5 - FRAME / 2].flatMap((half) =>
    corners.flatMap(([x, y]) => [x * half, y * half, 0]),
  )
  const triangles = [0, 1, 2, 3].flatMap((corner) => {
    const next = (corner + 1) % 4
    return [corner, next, next + 4, corner, next + 4, corner + 4]
  })
  return coloredGeometry(places, Array(8).fill(ANCHOR_COLOR).flat(), triangles)
}

function coloredGeometry(
  places: readonly number[],
  colors: readonly number[],
  triangles: number[],
): BufferGeometry {
  return new BufferGeometry()
    .setAttribute('position', new BufferAttribute(Float32Array.from(places), 3))
    .setAttribute('color', new BufferAttribute(Float32Array.from(colors), 3))
    .setIndex(triangles)
}
