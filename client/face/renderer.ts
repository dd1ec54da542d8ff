import { makeCanvas } from './canvas.ts'

/** Names under which WebGL drawn by the processor goes: Chromium's, Mesa's, Windows'. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render/i

/** Who draws WebGL here: the driver's name, or null where there is no WebGL 2. */
export interface Renderer {
  readonly name: string | null
  /** True where a graphics processor does the work. */
  readonly real: boolean
}

/**
 * Asks a throw-away WebGL 2 context who draws it. Browsers that hide the name say something general ("Apple GPU",
 * "WebKit WebGL"), which counts as real: software renderers say what they are.
 */
export function findRenderer(): Renderer {
  const gl = webgl(makeCanvas(1, 1))
  if (!gl) return { name: null, real: false }
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  // A browser allows few contexts at a time: this one is given back at once.
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return { name, real: !isSoftware(name) }
}

function webgl(canvas: OffscreenCanvas | HTMLCanvasElement): WebGL2RenderingContext | null {
  try {
    return canvas.getContext('webgl2') as WebGL2RenderingContext | null
  } catch {
    return null
  }
}

/** Whether a renderer's name is that of one that draws on the processor. */
export function isSoftware(name: string): boolean {
  return SOFTWARE.test(name)
}
