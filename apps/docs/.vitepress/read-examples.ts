import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** An example's folder name and what its meta.json says. */
export interface ExampleMeta {
  readonly name: string
  readonly title: string
  /** Markdown. */
  readonly description: string
  /** Its place in the sidebar. */
  readonly order: number
}

const folder = new URL('../examples/', import.meta.url)

/** Every example, in the sidebar's order. */
export function readExamples(): ExampleMeta[] {
  return readdirSync(folder)
    .filter((name) => existsSync(new URL(`${name}/meta.json`, folder)))
    .map((name) => {
      const meta = JSON.parse(readFileSync(new URL(`${name}/meta.json`, folder), 'utf8'))
      return { ...meta, name } as ExampleMeta
    })
    .sort((a, b) => a.order - b.order)
}
