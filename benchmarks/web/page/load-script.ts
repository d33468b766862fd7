/** Loads a classic script, for packages that are no modules. */
export async function loadScript(url: string): Promise<void> {
  const script = document.createElement('script')
  script.src = url
  await new Promise((loaded, failed) => {
    script.onload = loaded
    script.onerror = failed
    document.head.append(script)
  })
}
