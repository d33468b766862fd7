import { type LookupAddress, lookup as resolve } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { ServerError } from '../server-error.ts'
import { ByteCounter, type ReadBounds, readAll } from './read-all.ts'
import { AddressRules, checkPatterns, isAllowedUrl } from './url-rules.ts'

const mostRedirects = 3

/**
 * Fetches pictures from the URLs of a list, and from nowhere else.
 *
 * Names are resolved once for each connection, and the addresses that come out are judged: a name that
 * stands for a private address, now or a moment later, is not asked. Redirects are judged as URLs are.
 */
export class PictureFetcher {
  private readonly allowed: readonly string[]
  private readonly rules: AddressRules

  /** @throws {InvalidArgumentError} for patterns or ranges that are none */
  constructor(allowed: readonly string[], privateRanges: readonly string[]) {
    checkPatterns(allowed)
    this.allowed = allowed
    this.rules = new AddressRules(privateRanges)
  }

  /** @throws {ServerError} saying why there is no picture, and the signal's reason */
  async fetch(address: string, bounds: ReadBounds, signal: AbortSignal): Promise<Uint8Array> {
    let url = new URL(address)
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const response = await this.ask(url, signal)
      const { statusCode = 0, headers } = response
      if (statusCode >= 300 && statusCode < 400 && headers.location) {
        response.destroy()
        url = nextUrl(headers.location, url)
        continue
      }
      try {
        if (statusCode !== 200) throw notFetched(`the other server answered ${statusCode}.`)
        return await readAll(response, new ByteCounter(bounds))
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof ServerError) throw error
        throw notFetched('the other server broke off.', error)
      } finally {
        response.destroy()
      }
    }
    throw notFetched(`it was redirected more than ${mostRedirects} times.`)
  }

  private async ask(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    if (!isAllowedUrl(url, this.allowed)) throw refused('it is not in the list of this server.')
    // Names are resolved below; an address is not.
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !this.rules.allow(host)) throw isPrivate()
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    try {
      return await new Promise((resolveResponse, reject) => {
        const headers = { accept: 'image/*', 'accept-encoding': 'identity' }
        // A connection of its own: one that is kept was judged for another request.
        send(url, { agent: false, headers, signal, lookup: this.lookup }, resolveResponse)
          .on('error', reject)
          .end()
      })
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ServerError) throw error
      throw notFetched('the other server cannot be reached.', error)
    }
  }

  private readonly lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      const allowed = addresses.filter(({ address }) => this.rules.allow(address))
      if (allowed.length < addresses.length || allowed.length === 0)
        return callback(isPrivate(), '')
      if (options.all) return callback(null, allowed as LookupAddress[])
      callback(null, allowed[0]!.address, allowed[0]!.family)
    })
  }
}

function nextUrl(location: string, from: URL): URL {
  try {
    return new URL(location, from)
  } catch {
    throw notFetched('it was redirected to what is no URL.')
  }
}

function isPrivate(): ServerError {
  return refused('its address is private.')
}

function refused(reason: string): ServerError {
  return new ServerError(403, 'URL_REFUSED', `The URL is not fetched: ${reason}`)
}

function notFetched(reason: string, cause?: unknown): ServerError {
  return new ServerError(502, 'NOT_FETCHED', `The picture could not be fetched: ${reason}`, cause)
}
