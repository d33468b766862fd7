/** Red, green, blue and alpha (0..1, sRGB-encoded) of a CSS colour. */
export function parseColor(color: string): [number, number, number, number] {
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = 1
  const context = canvas.getContext('2d')
  if (!context) return [0, 0, 0, 0]
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data
  return [red! / 255, green! / 255, blue! / 255, alpha! / 255]
}
