import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url))

test.for(readdirSync(packages))('links of the README of %s stay in its package', (name) => {
  const folder = join(packages, name)
  const { files } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  const links = [...readme.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link]) => link!)
  const broken = links.filter((link) => {
    if (/^https:/.test(link)) return false
    const target = join(folder, link)
    return !existsSync(target) || !files.includes(relative(folder, target).split('/')[0])
  })
  expect(broken).toEqual([])
})
