// Of a typed array with more elements, only the length is printed.
const mostShown = 20
const numbers = /\[\s+([-+.\de,\s]+?)\s+\]/g
const lengths = /"(\w+Array\(\d+\))"/g

/** A value as the playground prints it: text as it is, everything else as JSON. */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Error) return String(value)
  const text = JSON.stringify(value, shorten, 2) ?? String(value)
  return text
    .replaceAll(numbers, (_, list: string) => `[${list.replaceAll(/\s+/g, ' ')}]`)
    .replaceAll(lengths, '$1')
}

function shorten(_key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value
  const elements = [...(value as Float32Array)]
  return elements.length > mostShown ? `${value.constructor.name}(${elements.length})` : elements
}
