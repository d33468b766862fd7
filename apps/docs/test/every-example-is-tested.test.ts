import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readExamples } from '../.vitepress/read-examples.ts'

const tests = readFileSync(new URL('examples.test.ts', import.meta.url), 'utf8')

test.for(readExamples().map(({ name }) => name))('%s is tested in a browser', (name) => {
  expect(tests).toContain(`test('${name}: `)
})
