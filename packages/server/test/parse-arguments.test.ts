import { expect, test } from 'vitest'
import { negotiate } from '../src/http/accept.ts'
import { parseArguments } from '../src/parse-arguments.ts'
import { resolveServerOptions, type ServerOptions } from '../src/server-options.ts'

test('reads options and keys', async () => {
  const args = ['--threads', '3', '--queue', '5', '--page', '--allow-url', 'https://a.org/']
  const { options, port, host } = await parseArguments(args, { RETINAFACE_KEYS: 'one, two' })
  expect([port, host]).toEqual([8080, '127.0.0.1'])
  expect(options).toMatchObject({
    detector: { threads: 3 },
    limits: { queue: 5 },
    keys: ['one', 'two'],
    urls: { allow: ['https://a.org/'] },
    page: true,
  })
})

test.each([
  [['--queue', '0'], /Expected --queue to be a positive whole number/],
  [['--nope'], /nope.*--help/],
  [['--tls-key', 'a'], /--tls-cert and --tls-key together/],
  [['--keys', '/dev/null'], /no key/],
])('refuses %j', async (args, message) => {
  await expect(parseArguments(args, {})).rejects.toThrow(message)
})

test.each([
  [{ keys: ['short'] }, /at least 16/],
  [{ limits: { queue: 0.5 } }, /limits\.queue/],
  [{ limits: { quue: 1 } }, /quue/],
  [{ requestsPerMinute: -1 }, /requestsPerMinute/],
])('createServer refuses %j', (options, message) => {
  expect(() => resolveServerOptions(options as ServerOptions)).toThrow(message)
})

test.each([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['image/*', 'image/jpeg'],
  ['image/png;q=0.5, application/json;q=0.4', 'image/png'],
  ['text/html, */*;q=0.1', 'application/json'],
  ['application/json;q=0, */*', 'image/jpeg'],
])('Accept: %s is answered as %s', (header, type) => {
  expect(negotiate(header, ['application/json', 'image/jpeg', 'image/png'])).toBe(type)
})

test('what is not offered is refused', () => {
  expect(() => negotiate('text/html', ['application/json'])).toThrow(/application\/json/)
})
