/** Names of what draws WebGL on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i

/**
 * WebGL 2 on a canvas, if there is one. Smooth edges take four samples a pixel; where WebGL itself is
 * drawn in software they take half of the time of many faces, and are done without.
 */
export function openWebgl(canvas: HTMLCanvasElement): WebGL2RenderingContext | null {
  return canvas.getContext('webgl2', { antialias: !isSoftware() })
}

let known: boolean | undefined

function isSoftware(): boolean {
  known ??= askBrowser()
  return known ?? false
}

/** Undefined without WebGL. Only a context can tell, and its samples cannot be changed any more. */
function askBrowser(): boolean | undefined {
  const context = document.createElement('canvas').getContext('webgl2')
  if (!context) return undefined
  const info = context.getExtension('WEBGL_debug_renderer_info')
  const name = context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER)
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return SOFTWARE.test(String(name))
}
