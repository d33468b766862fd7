import * as library from '@retinaface/web'
import { formatValue } from './format-value.ts'
import type { RunMessage, RunRequest } from './messages.ts'
import { replaceImports } from './replace-imports.ts'

const tell = (message: RunMessage) => postMessage(message)

const print = (...values: readonly unknown[]) =>
  tell({ kind: 'printed', text: values.map(formatValue).join(' ') })
Object.assign(console, { log: print, info: print, warn: print, error: print })

/** Draws faces on the page's photo. */
function show(faces: readonly library.Face[]): void {
  const shown = faces.map(({ box, score, landmarks, mesh }) => ({
    box,
    score,
    landmarks,
    mesh: mesh && { positions: mesh.positions, triangles: mesh.triangles },
  }))
  tell({ kind: 'shown', faces: shown })
}

/** Runs code as a module, in which `photo` and `show` are there. */
async function run({ code, photo }: RunRequest): Promise<void> {
  Object.assign(globalThis, { library, photo, show })
  try {
    await importText(replaceImports(code, 'library'))
    tell({ kind: 'done' })
  } catch (error) {
    tell({ kind: 'failed', text: String(error) })
  }
}

async function importText(code: string): Promise<void> {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  try {
    await import(/* @vite-ignore */ address)
  } finally {
    URL.revokeObjectURL(address)
  }
}

addEventListener('message', ({ data }: MessageEvent<RunRequest>) => void run(data))
