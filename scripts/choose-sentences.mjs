// Chooses ten sentences of each of twenty pages, to be read as a stranger reads them:
// node scripts/choose-sentences.mjs [seed]. What has to be read twice is to be rewritten.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

const pagesToRead = 20
const sentencesOfEach = 10
const [seed = '1'] = process.argv.slice(2)
const chance = dice(Number(seed))

const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((file) => !/^(docs\/(api|decisions)|benchmarks|\.changeset|\.github)\//.test(file))
  .map((file) => ({ file, sentences: sentencesOf(readFileSync(join(root, file), 'utf8')) }))
  .filter(({ sentences }) => sentences.length >= sentencesOfEach)
for (const { file, sentences } of choose(pages, pagesToRead)) {
  console.log(`\n## ${file}\n`)
  for (const sentence of choose(sentences, sentencesOfEach)) console.log(`- ${sentence}`)
}

/** Whole sentences of running text, lists and cells, without code. */
function sentencesOf(text) {
  const prose = text.replace(/^---[\s\S]*?\n---\n/, '').replace(/```[\s\S]*?```/g, '')
  return prose
    .split('\n')
    .filter((line) => !/^(#|\s*$|!\[|<|\||:::)/.test(line))
    .map((line) => line.replace(/^\s*(-|\d+\.)\s+/, ''))
    .flatMap((line) => line.split(/(?<=[.?!])\s+(?=[A-Z`*])/))
    .filter((sentence) => sentence.split(' ').length >= 5)
}

/** So many of the entries, in their order. */
function choose(entries, count) {
  const numbers = entries.map(() => chance())
  const limit = numbers.toSorted((a, b) => a - b)[Math.min(count, entries.length) - 1]
  return entries.filter((_, index) => numbers[index] <= limit)
}

/** Reproducible numbers from 0 to 1. */
function dice(start) {
  let state = start >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
