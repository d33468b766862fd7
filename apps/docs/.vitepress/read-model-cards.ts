import { readdirSync, readFileSync } from 'node:fs'

/** A model card that ships with `@retinaface/models`. */
export interface ModelCard {
  readonly name: string
  readonly title: string
  /** Markdown. */
  readonly content: string
}

const folder = new URL('../../../packages/models/cards/', import.meta.url)

/** Every model card. */
export function readModelCards(): ModelCard[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => {
      const content = readFileSync(new URL(file, folder), 'utf8')
      const [, title = file] = /^# (?:Model card: )?([^\n(]+)/.exec(content) ?? []
      return { name: file.replace(/\.md$/, ''), title: title.trim(), content }
    })
}
