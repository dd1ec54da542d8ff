import type { FaceMesh } from './face-mesh.ts'
import type { Points } from './landmark-photo.ts'
import { HEIGHT, WIDTH } from './pose-sitter.ts'

const VERTEX = `#version 300 es
in vec3 place; in vec2 source; out vec2 at;
void main() { at = source; gl_Position = vec4(place, 1.0); }`
const FRAGMENT = `#version 300 es
precision highp float;
in vec2 at; uniform sampler2D photo; out vec4 colour;
void main() { colour = texture(photo, at); }`

function compile(gl: WebGL2RenderingContext, kind: number, source: string): WebGLShader {
  const shader = gl.createShader(kind)
  if (!shader) throw new Error('no shader')
  gl.shaderSource(shader, source)
  gl.compileShader(shader)
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? 'shader')
  return shader
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, VERTEX))
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, FRAGMENT))
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? 'program')
  return program
}

/** A drawing of the warped photograph on a canvas of the camera's size. */
export type Draw = (places: Points) => HTMLCanvasElement

/**
 * Prepares the drawing of one sitter: the photograph as a texture, the mesh over it, the nearer parts in front.
 * @param photo the sitter's picture; any size of the camera's proportions
 */
export function openDrawing(photo: HTMLCanvasElement, mesh: FaceMesh): Draw {
  const drawn = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT })
  const gl = drawn.getContext('webgl2', { antialias: true, preserveDrawingBuffer: true })
  if (!gl) throw new Error('no WebGL')
  const program = link(gl)
  gl.useProgram(program)
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, photo)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
  gl.viewport(0, 0, drawn.width, drawn.height)
  gl.enable(gl.DEPTH_TEST)
  // The whole photograph behind, then the mesh: two triangles of four vertices first.
  const wall: Points = [
    [0, 0, 900],
    [WIDTH, 0, 900],
    [0, HEIGHT, 900],
    [WIDTH, HEIGHT, 900],
  ]
  const sources = [...wall, ...mesh.rest].flatMap(([x, y]) => [x / WIDTH, y / HEIGHT])
  const indices = [0, 1, 2, 2, 1, 3, ...mesh.triangles.flat().map((index) => index + wall.length)]
  const feed = (name: string, size: number): WebGLBuffer => {
    const buffer = gl.createBuffer()
    const location = gl.getAttribLocation(program, name)
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.enableVertexAttribArray(location)
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, 0, 0)
    return buffer
  }
  feed('source', 2)
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(sources), gl.STATIC_DRAW)
  feed('place', 3)
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer())
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, new Uint16Array(indices), gl.STATIC_DRAW)
  const small = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT })
  const context = small.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no 2D canvas')
  return (places) => {
    const clip = [...wall, ...places].flatMap(([x, y, z]) => [(2 * x) / WIDTH - 1, 1 - (2 * y) / HEIGHT, z / 1000])
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(clip), gl.DYNAMIC_DRAW)
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT)
    gl.drawElements(gl.TRIANGLES, indices.length, gl.UNSIGNED_SHORT, 0)
    context.drawImage(drawn, 0, 0)
    return small
  }
}
