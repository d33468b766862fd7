import { readdirSync, readFileSync } from 'node:fs'

/** A model card that ships with a package. */
export interface ModelCard {
  readonly name: string
  readonly title: string
  /** Markdown. */
  readonly content: string
}

const folders = ['models', 'recognition'].map((name) => {
  return new URL(`../../../packages/${name}/cards/`, import.meta.url)
})

/** Every model card. */
export function readModelCards(): ModelCard[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => {
        const content = readFileSync(new URL(file, folder), 'utf8')
        const [, title = file] = /^# (?:Model card: )?([^\n(]+)/.exec(content) ?? []
        return { name: file.replace(/\.md$/, ''), title: title.trim(), content }
      }),
  )
}
