import { expect, inject, test } from 'vitest'

test.for(['/%', '//'])('%s is a bad request, and the server goes on', async (path) => {
  expect((await fetch(inject('site') + path)).status).toBe(400)
  expect((await fetch(inject('site'))).status).toBe(200)
})
