import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { InvalidArgumentError } from '@retinaface/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MemoryBudget } from '../src/limits/memory-budget.ts'
import { PictureFetcher } from '../src/sources/fetch-picture.ts'
import { AddressRules, isAllowedUrl } from '../src/sources/url-rules.ts'

let other: Server
let origin: string
const asked: string[] = []

const answer: RequestListener = ({ url }, response) => {
  asked.push(url!)
  const to = url!.startsWith('/to/') ? decodeURIComponent(url!.slice(4)) : undefined
  if (to) response.writeHead(302, { location: to }).end()
  else if (url === '/large') response.end(Buffer.alloc(2000))
  else if (url === '/hang') response.write('half')
  else if (url === '/broken') response.writeHead(200, { 'content-length': 100 }).write('half')
  else if (url === '/picture') response.end('picture')
  else response.writeHead(404).end()
  if (url === '/broken') setTimeout(() => response.destroy(), 20)
}

beforeAll(async () => {
  other = createServer(answer).listen(0, '127.0.0.1')
  await once(other, 'listening')
  origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
})
afterAll(() => other.close().closeAllConnections())

function fetchPicture(url: string, privateRanges = ['127.0.0.1'], seconds = 10) {
  const account = new MemoryBudget(1e6, () => new Error('busy')).open()
  const port = new URL(origin).port
  const names = ['127.0.0.1', '127.0.0.2', 'localhost', '[::1]', '[::ffff:7f00:2]', '10.0.0.1']
  const fetcher = new PictureFetcher(
    names.map((name) => `http://${name}:${port}/`),
    privateRanges,
  )
  const signal = AbortSignal.timeout(seconds * 1000)
  return fetcher.fetch(url, { bytes: 1000, account }, signal)
}

describe('PictureFetcher', () => {
  test('fetches what is allowed, through redirects too', async () => {
    expect(String(await fetchPicture(`${origin}/picture`))).toBe('picture')
    const once = `${origin}/to/${encodeURIComponent('/picture')}`
    expect(String(await fetchPicture(once))).toBe('picture')
  })

  test.each([
    ['a private address', (port: string) => `http://127.0.0.2:${port}/picture`, /private/],
    [
      'a name of a private address',
      (port: string) => `http://localhost:${port}/picture`,
      /private/,
    ],
    ['an address as a number', (port: string) => `http://2130706434:${port}/picture`, /private/],
    ['IPv6', (port: string) => `http://[::1]:${port}/picture`, /private/],
    ['IPv4 in IPv6', (port: string) => `http://[::ffff:127.0.0.2]:${port}/picture`, /private/],
    ['a private network', (port: string) => `http://10.0.0.1:${port}/`, /private/],
    ['another port', () => 'http://127.0.0.1:1/picture', /list/],
    ['another host', () => 'http://example.org/picture', /list/],
    ['a file', () => 'file:///etc/passwd', /list/],
    ['a password', (port: string) => `http://a:b@127.0.0.1:${port}/picture`, /list/],
  ])('asks nobody for %s, named or redirected to', async (_, toUrl, reason) => {
    const privateRanges = ['127.0.0.1']
    const url = toUrl(new URL(origin).port)
    asked.length = 0
    const ranges = url.includes('localhost') ? [] : privateRanges
    await expect(fetchPicture(url, ranges)).rejects.toThrow(reason)
    if (ranges.length > 0) {
      const redirected = `${origin}/to/${encodeURIComponent(url)}`
      await expect(fetchPicture(redirected, ranges)).rejects.toThrow(reason)
    }
    expect(asked).not.toContain('/picture')
  })

  test.each([
    ['/none', /answered 404/],
    ['/large', /at most 1000 bytes/],
    ['/broken', /broke off/],
    [`/to/${encodeURIComponent('http://[')}`, /no URL/],
  ])('says why there is no picture: %s', async (path, reason) => {
    await expect(fetchPicture(origin + path)).rejects.toThrow(reason)
  })

  test('gives up in circles and when the time is over', async () => {
    const circle = `/to/${encodeURIComponent('/to/%2Fto%2F..')}`
    await expect(fetchPicture(origin + circle)).rejects.toThrow(/redirected|answered/)
    await expect(fetchPicture(`${origin}/hang`, ['127.0.0.1'], 0.2)).rejects.toThrow(/timeout/)
  })
})

test.each([
  ['https://a.example.org/photos/1.jpg', true],
  ['https://a.b.example.org/photos/1.jpg', true],
  ['https://example.org/photos/1.jpg', false],
  ['https://badexample.org/photos/1.jpg', false],
  ['http://a.example.org/photos/1.jpg', false],
  ['https://a.example.org/photos/../secret', false],
  ['https://a.example.org:444/photos/1.jpg', false],
  ['https://a.example.org.evil.com/photos/1.jpg', false],
])('%s is allowed: %s', (url, isAllowed) => {
  expect(isAllowedUrl(new URL(url), ['https://*.example.org/photos/'])).toBe(isAllowed)
})

test('addresses of this machine and of private networks are refused', () => {
  const rules = new AddressRules([])
  const refused = [
    '127.0.0.1',
    '10.1.2.3',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
  ]
  const refused6 = [
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002::1',
  ]
  for (const address of [...refused, ...refused6, 'no address']) {
    expect([address, rules.allow(address)]).toEqual([address, false])
  }
  for (const address of ['93.184.216.34', '2606:2800:220:1::1', '::ffff:93.184.216.34']) {
    expect([address, rules.allow(address)]).toEqual([address, true])
  }
  expect(() => new AddressRules(['10.0.0.0/99'])).toThrow(InvalidArgumentError)
})
