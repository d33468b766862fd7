// Keeps the site for the time without a network. Built by finish-site.ts, which gives it what is declared.
declare const self: ServiceWorkerGlobalScope
/** Changes whenever a file does. */
declare const VERSION: string
/** What is kept from the first visit on: paths from the site's root. */
declare const FILES: readonly string[]

const atOnce = 6

self.addEventListener('install', (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return
  event.respondWith(request.mode === 'navigate' ? freshOrKept(request) : keptOrFresh(request))
})

async function keepAll(): Promise<void> {
  const cache = await caches.open(VERSION)
  const waiting = FILES.map((file) => new URL(`.${file}`, self.location.href).href)
  const work = async () => {
    for (let url = waiting.pop(); url; url = waiting.pop()) {
      // Files under assets never change under one name; what an earlier version kept is good.
      const kept = url.includes('/assets/') ? await caches.match(url) : undefined
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

async function forgetOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name)))
}

/** Pages come from the network while there is one. */
async function freshOrKept(request: Request): Promise<Response> {
  try {
    return await keep(request, await fetch(request))
  } catch {
    const page = request.url.replace(/[?#].*$/, '').replace(/\.html$/, '')
    const kept = await caches.match(page)
    return kept ?? Response.error()
  }
}

async function keptOrFresh(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreSearch: true })
  return kept ?? keep(request, await fetch(request))
}

/** What is visited is kept too. */
async function keep(request: Request, response: Response): Promise<Response> {
  if (response.ok && response.type === 'basic' && !response.redirected) {
    const cache = await caches.open(VERSION)
    await cache.put(request.url.replace(/[?#].*$/, ''), response.clone())
  }
  return response
}

export {}
