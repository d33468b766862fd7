// Keeps the site for the time without a network. Built by finish-site.ts, which gives it what is declared.
declare const self: ServiceWorkerGlobalScope
/** Changes whenever a file does. */
declare const VERSION: string
/** What is kept from the first visit on: paths from the site's root. */
declare const FILES: readonly string[]

const atOnce = 6
// An origin may have other applications, and this site at another path: what they keep is theirs.
const prefix = `retinaface-docs ${self.registration.scope} `
const cacheName = prefix + VERSION

self.addEventListener('install', (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return
  event.respondWith(request.mode === 'navigate' ? freshOrKept(event) : keptOrFresh(event))
})

async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName)
  const waiting = FILES.map((file) => new URL(`.${file}`, self.location.href).href)
  const work = async () => {
    for (let url = waiting.pop(); url; url = waiting.pop()) {
      // Files under assets never change under one name; what an earlier version kept is good.
      const kept = url.includes('/assets/') ? await keptByAnyVersion(url) : undefined
      const response = kept ?? (await fetch(url, { cache: freshness(url) }))
      if (!response.ok) throw new Error(`${url}: ${response.status}`)
      await cache.put(url, response)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

function freshness(url: string): RequestCache {
  return url.includes('/assets/') ? 'default' : 'no-cache'
}

async function keptByAnyVersion(url: string): Promise<Response | undefined> {
  for (const name of await ownCaches()) {
    const kept = await caches.match(url, { cacheName: name })
    if (kept) return kept
  }
  return undefined
}

async function forgetOthers(): Promise<void> {
  const others = (await ownCaches()).filter((name) => name !== cacheName)
  await Promise.all(others.map((name) => caches.delete(name)))
}

/** The caches of this site's versions. */
async function ownCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(prefix))
}

/** Pages come from the network while there is one. */
async function freshOrKept(event: FetchEvent): Promise<Response> {
  try {
    return keep(event, await fetch(event.request))
  } catch {
    const page = event.request.url.replace(/[?#].*$/, '').replace(/\.html$/, '')
    return (await caches.match(page, { cacheName })) ?? Response.error()
  }
}

async function keptOrFresh(event: FetchEvent): Promise<Response> {
  const kept = await caches.match(event.request, { cacheName, ignoreSearch: true })
  return kept ?? keep(event, await fetch(event.request))
}

/** What is visited is kept too, where there is room. */
function keep(event: FetchEvent, response: Response): Response {
  if (response.ok && response.type === 'basic' && !response.redirected) {
    const url = event.request.url.replace(/[?#].*$/, '')
    event.waitUntil(put(url, response.clone()).catch(() => undefined))
  }
  return response
}

async function put(url: string, response: Response): Promise<void> {
  const cache = await caches.open(cacheName)
  await cache.put(url, response)
}

export {}
