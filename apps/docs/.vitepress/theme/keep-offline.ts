/** Keeps the site for the time without a network, once the page has what it needs itself. */
export function keepOffline(): void {
  const { serviceWorker, connection } = navigator as Navigator & {
    readonly connection?: { readonly saveData?: boolean }
  }
  // Visitors who pay for every byte keep what they look at in the browser's own cache.
  if (!serviceWorker || connection?.saveData) return
  const register = () => {
    // Where the browser allows none, the site works as it does on a first visit.
    serviceWorker.register(`${import.meta.env.BASE_URL}sw.js`).catch(() => undefined)
  }
  if (document.readyState === 'complete') setTimeout(register, 2000)
  else window.addEventListener('load', () => setTimeout(register, 2000))
}
