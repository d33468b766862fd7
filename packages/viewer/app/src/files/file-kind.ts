/** What a dropped file is, by its first bytes; names can lie. */
export type FileKind = 'glb' | 'results' | 'picture'

/** Bytes that are looked at. */
const HEAD = 64

/** Anything that is no GLB and no JSON may be a picture: the browser knows more kinds than we. */
export async function kindOf(file: Blob): Promise<FileKind> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer())
  const text = String.fromCharCode(...head)
  if (text.startsWith('glTF')) return 'glb'
  // After a byte-order mark, if there is one.
  return /^(?:\xef\xbb\xbf)?\s*[[{]/.test(text) ? 'results' : 'picture'
}
