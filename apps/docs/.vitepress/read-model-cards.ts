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

/** From the folder of the pages. */
const fromPages = ({ pathname }: URL) => `../../../packages/${pathname.split('/').at(-3)}/cards/`

/** Every model card. */
export function readModelCards(): ModelCard[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => {
        const text = readFileSync(new URL(file, folder), 'utf8')
        // Figures lie beside their card.
        const content = text.replaceAll(/\]\(([\w-]+\.svg)\)/g, `](${fromPages(folder)}$1)`)
        const [, title = file] = /^# (?:Model card: )?([^\n(]+)/.exec(content) ?? []
        return { name: file.replace(/\.md$/, ''), title: title.trim(), content }
      }),
  )
}
