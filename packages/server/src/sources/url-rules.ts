import { BlockList, isIP } from 'node:net'
import { InvalidArgumentError } from '@retinaface/core'

// Not for the public: this machine, private networks, links, translation, tests, groups, reserved.
const privateRanges = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...[
    '::/128',
    '::1/128',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
  ],
  ...['2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]

/** Which addresses may be asked. */
export class AddressRules {
  private readonly refused = blockList(privateRanges)
  private readonly excepted: BlockList

  /** @throws {InvalidArgumentError} for a range that is none */
  constructor(exceptions: readonly string[]) {
    this.excepted = blockList(exceptions)
  }

  allow(address: string): boolean {
    // An IPv4 address in the clothes of an IPv6 one is judged as what it is.
    const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
    if (isIP(plain) === 0) return false
    return this.excepted.check(plain, family) || !this.refused.check(plain, family)
  }
}

/**
 * True for a URL that begins as one of the list says.
 *
 * @param allowed as `https://images.example.org/photos/` or `https://*.example.org/`
 */
export function isAllowedUrl(url: URL, allowed: readonly string[]): boolean {
  if (url.username !== '' || url.password !== '') return false
  return allowed.some((pattern) => {
    const { protocol, host, path } = parsePattern(pattern)
    const isHost = host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host
    return url.protocol === protocol && isHost && url.pathname.startsWith(path)
  })
}

/** @throws {InvalidArgumentError} for what is no beginning of a URL */
export function checkPatterns(allowed: readonly string[]): void {
  for (const pattern of allowed) parsePattern(pattern)
}

function parsePattern(pattern: string): { protocol: string; host: string; path: string } {
  const [, protocol, host, path] = /^(https?:)\/\/([^/?#@]+)(\/[^?#]*)$/.exec(pattern) ?? []
  if (!(protocol && host && path)) {
    const expected = 'beginnings of URLs with a path, as https://images.example.org/'
    throw new InvalidArgumentError('options.urls.allow', expected, pattern)
  }
  return { protocol, host: host.toLowerCase(), path }
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    const most = family === 'ipv6' ? 128 : 32
    const length = bits === undefined ? most : Number(bits)
    if (isIP(address) === 0 || !Number.isInteger(length) || length < 0 || length > most) {
      const expected = 'ranges of addresses, as 10.1.0.0/16'
      throw new InvalidArgumentError('options.urls.privateRanges', expected, range)
    }
    list.addSubnet(address, length, family)
  }
  return list
}
