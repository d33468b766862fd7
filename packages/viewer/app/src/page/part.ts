/** The part of the page that has an id. */
export function part<Part extends HTMLElement>(id: string, Kind: new () => Part): Part {
  const found = document.getElementById(id)
  if (found instanceof Kind) return found
  throw new Error(`Expected ${Kind.name} #${id} in index.html but found ${found?.localName}.`)
}
