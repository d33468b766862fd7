import { expect, test } from 'vitest'
import { isOwnHost } from '../../server/own-host.ts'

test.each([
  ['127.0.0.1:8460', 8460, true],
  ['localhost:8460', 8460, true],
  ['localhost:80', 80, true],
  // Browsers leave out the usual port.
  ['127.0.0.1', 80, true],
  ['localhost', 80, true],
  ['localhost', 8460, false],
  ['localhost:8461', 8460, false],
  ['localhost.example.com:8460', 8460, false],
  ['127a0b0c1:8460', 8460, false],
  [undefined, 80, false],
] as const)('%s at port %i is this machine: %s', (host, port, isOwn) => {
  expect(isOwnHost(host, port)).toBe(isOwn)
})
