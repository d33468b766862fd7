/** Decodes a picture and draws it on a new canvas, as packages want it that take elements only. */
export async function drawOnCanvas(picture: Blob): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(picture)
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0)
  bitmap.close()
  return canvas
}
