import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { DetectionView } from '../../src/views/detection-view.ts'
import { type Tile, tileLevels } from '../../src/views/tile-levels.ts'
import { belongsToView, type ImageCandidate } from '../../src/views/view-to-image.ts'

const largestFace = 640
const side = fc.integer({ min: 1, max: 9000 })
const pictures = fc
  .record({
    x: fc.nat(50),
    y: fc.nat(50),
    width: side,
    height: side,
    scale: fc.constantFrom(1, 1, 0.37, 0.5, 1.9, 2.43),
    tileSize: fc.constantFrom(640, 1000, 1024, 2048),
  })
  .map(({ scale, tileSize, ...region }) => {
    const width = Math.max(1, Math.round(region.width * scale))
    const height = Math.max(1, Math.round(region.height * scale))
    return {
      region,
      width,
      height,
      tileSize,
      tiles: tileLevels(region, width, height, tileSize, { to: largestFace }),
    }
  })
const unit = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

/** Tiles by level, the finest first: levels differ in the size from which faces count. */
function byLevel(tiles: readonly Tile[]): Tile[][] {
  const levels = new Map<number, Tile[]>()
  for (const tile of tiles) {
    const level = tile.bounds?.minSide ?? 0
    levels.set(level, [...(levels.get(level) ?? []), tile])
  }
  return [...levels.values()]
}

function inCore({ bounds }: Tile, x: number, y: number): boolean {
  if (!bounds) return true
  const [x1, y1, x2, y2] = bounds.core
  return x >= x1 && x < x2 && y >= y1 && y < y2
}

function answers(tile: Tile, x: number, y: number, width: number, height: number): boolean {
  const box = Float64Array.of(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
  const view: DetectionView = { ...tile, inputWidth: 0, inputHeight: 0, flip: false, quarters: 0 }
  return belongsToView({ box } as unknown as ImageCandidate, view)
}

describe('tileLevels', () => {
  test.prop([pictures])('makes tiles of at most tileSize, inside the picture', (picture) => {
    const { region, tileSize, tiles } = picture
    const wrong = tiles.filter((tile) => {
      const { x, y, width, height } = tile.region
      const inside =
        x >= region.x &&
        y >= region.y &&
        x + width <= region.x + region.width &&
        y + height <= region.y + region.height
      const sides = [tile.width, tile.height]
      return !inside || Math.max(...sides) > tileSize || Math.min(...sides) < 1
    })
    expect(wrong).toEqual([])
  })

  test.prop([pictures, unit, unit])(
    'has every point of the picture in exactly one core of each level',
    ({ region, tiles }, u, v) => {
      const [x, y] = [region.x + u * region.width, region.y + v * region.height]
      for (const level of byLevel(tiles)) {
        expect(level.filter((tile) => inCore(tile, x, y)).length).toBe(1)
      }
    },
  )

  test.prop([pictures, unit], { numRuns: 40 })(
    'where cores meet one tile answers, and has room for a box of 256 pixels',
    ({ region, width, height, tiles }, v) => {
      const [boxWidth, boxHeight] = [(256 * region.width) / width, (256 * region.height) / height]
      const [finest] = byLevel(tiles)
      const y = region.y + v * region.height
      const firstRow = finest!.filter((tile) => tile.region.y === region.y)
      for (const x of firstRow.slice(0, -1).map(({ bounds }) => bounds!.core[2])) {
        for (const delta of [-1e-9, 0, 1e-9]) {
          const at = [x + delta * x, y, boxWidth, boxHeight] as const
          expect(finest!.filter((tile) => answers(tile, ...at)).length).toBe(1)
        }
      }
    },
  )

  test.prop([pictures, unit, unit, unit, unit])(
    'one tile of the finest level answers for each box of up to 256 pixels',
    ({ region, width, height, tiles }, u, v, w, h) => {
      const [x, y] = [region.x + u * region.width, region.y + v * region.height]
      const boxWidth = (w * 256 * region.width) / width
      const boxHeight = (h * 256 * region.height) / height
      const [finest] = byLevel(tiles)
      expect(finest!.filter((tile) => answers(tile, x, y, boxWidth, boxHeight)).length).toBe(1)
    },
  )

  test.prop([pictures, unit, unit, unit])(
    'some view answers for a square box of any size, and shows it no larger than the network knows faces',
    ({ region, tiles }, u, v, w) => {
      const [x, y] = [region.x + u * region.width, region.y + v * region.height]
      const boxSide = w * Math.max(region.width, region.height)
      const good = tiles.filter((tile) => {
        const axis = region.width > region.height ? 'width' : 'height'
        const seen = (boxSide * tile[axis]) / tile.region[axis]
        return seen <= largestFace && answers(tile, x, y, boxSide, boxSide)
      })
      expect(good).not.toEqual([])
    },
  )

  test.prop([side, side])(
    'begins tiles on multiples of 32 where nothing is scaled',
    (width, height) => {
      const region = { x: 0, y: 0, width, height }
      const [finest] = byLevel(tileLevels(region, width, height, 1024, { to: largestFace }))
      for (const tile of finest!) {
        expect([tile.region.x % 32, tile.region.y % 32]).toEqual([0, 0])
        expect(tile).toMatchObject({ width: tile.region.width, height: tile.region.height })
      }
    },
  )

  test('is one whole view when the picture is not larger than a tile', () => {
    const region = { x: 3, y: 4, width: 640, height: 10 }
    expect(tileLevels(region, 640, 10, 640, { to: largestFace })).toEqual([
      { region, width: 640, height: 10 },
    ])
  })

  test('halves the picture until one view holds it all, and reduces it for the largest faces', () => {
    const region = { x: 0, y: 0, width: 12_000, height: 8_000 }
    const levels = byLevel(tileLevels(region, 12_000, 8_000, 2048, { to: largestFace }))
    expect(levels.map((level) => level.length)).toEqual([35, 12, 2, 1, 1])
    expect(levels.at(-2)).toMatchObject([{ region, width: 1500, height: 1000 }])
    expect(levels.at(-1)).toMatchObject([{ region, width: 320, height: 213 }])
    expect(levels.map(([tile]) => tile!.bounds!.minSide)).toEqual([0, 192, 384, 768, 2560])
  })

  test.prop([pictures, unit, unit, unit])(
    'of a network that is not sure of large faces some view answers for each box, and sees it small or whole',
    ({ region, width, height, tileSize }, u, v, w) => {
      const tiles = tileLevels(region, width, height, tileSize, { to: largestFace, sureTo: 96 })
      const [x, y] = [region.x + u * region.width, region.y + v * region.height]
      const boxSide = w * Math.max(region.width, region.height)
      const axis = region.width > region.height ? 'width' : 'height'
      const seen = tiles
        .filter((tile) => answers(tile, x, y, boxSide, boxSide))
        .map((tile) => (boxSide * tile[axis]) / tile.region[axis])
      expect(seen).not.toEqual([])
      const whole = Math.min(...tiles.map((tile) => (boxSide * tile[axis]) / tile.region[axis]))
      for (const size of seen) expect(size === whole || size < 1.25 * 96 + 1).toBe(true)
    },
  )

  test('of a network that is not sure of large faces halves go on to what it finds in one piece', () => {
    const region = { x: 0, y: 0, width: 1600, height: 1200 }
    const sizes = { to: largestFace, sureTo: 96 }
    const bounds = tileLevels(region, 1600, 1200, 1600, sizes).map((tile) => tile.bounds!)
    expect(bounds.map(({ minSide }) => Number(minSide.toFixed(1)))).toEqual([0, 76.8, 153.6])
    expect(bounds.map(({ maxSide }) => maxSide)).toEqual([120, 240, Infinity])
  })

  test('an enlarged picture of one column has no empty tiles', () => {
    const region = { x: 0, y: 0, width: 1, height: 4 }
    for (const tile of tileLevels(region, 1700, 6800, 640, { to: largestFace })) {
      expect(tile.region.width).toBe(1)
      expect(tile.region.height).toBeGreaterThanOrEqual(1)
    }
  })
})
