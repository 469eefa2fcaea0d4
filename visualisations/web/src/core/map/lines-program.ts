import type Sigma from 'sigma'
import { EdgeProgram, type ProgramInfo } from 'sigma/rendering'
import type { RenderParams } from 'sigma/types'
import type { Lines } from './lines'
import type { Paper } from './painter'
import { rgb } from './palette'

/** Straight lines straight from an array of ends: sigma knows of no edge, so that none costs an object. */
const VERTEX = /* glsl */ `
attribute vec4 a_ends;
attribute float a_inside;
attribute vec2 a_corner;
uniform vec2 u_scale;
uniform vec2 u_offset;
uniform vec2 u_canvas;
uniform mediump float u_width;
varying float v_off;
varying float v_inside;
void main() {
  vec2 p = a_ends.xy * u_scale + u_offset;
  vec2 q = a_ends.zw * u_scale + u_offset;
  vec2 along = q - p;
  vec2 across = vec2(-along.y, along.x) / max(length(along), 0.001);
  v_off = a_corner.y * (u_width * 0.5 + 0.5);
  v_inside = a_inside;
  vec2 at = mix(p, q, a_corner.x) + across * v_off;
  gl_Position = vec4(at.x / u_canvas.x * 2.0 - 1.0, 1.0 - at.y / u_canvas.y * 2.0, 0, 1);
}`

const FRAGMENT = /* glsl */ `
precision mediump float;
uniform mediump float u_width;
uniform vec3 u_edge;
uniform vec3 u_bridge;
varying float v_off;
varying float v_inside;
void main(void) {
  float alpha = clamp(u_width * 0.5 + 0.5 - abs(v_off), 0.0, 1.0);
  gl_FragColor = vec4(mix(u_bridge, u_edge, v_inside), 1.0) * alpha;
}`

const UNIFORMS = ['u_scale', 'u_offset', 'u_canvas', 'u_width', 'u_edge', 'u_bridge'] as const
const { FLOAT, TRIANGLE_STRIP } = { FLOAT: 0x1406, TRIANGLE_STRIP: 0x0005 }
const CORNERS = [[0, -1], [0, 1], [1, -1], [1, 1]]

/** `scale` and `offset` lead from the map to px of the canvas. */
export interface Shown { lines: Lines; scale: [number, number]; offset: [number, number]; width: number; paper: Paper; shaded: boolean }

export const linesProgram = (shown: () => Shown) => class LinesProgram extends EdgeProgram<(typeof UNIFORMS)[number]> {
  constructor(gl: WebGLRenderingContext, _picking: WebGLFramebuffer | null, renderer: Sigma) {
    super(gl, null, renderer)
  }

  override getDefinition() {
    return {
      VERTICES: 4,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLE_STRIP,
      UNIFORMS,
      ATTRIBUTES: [{ name: 'a_ends', size: 4, type: FLOAT }, { name: 'a_inside', size: 1, type: FLOAT }],
      CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
      CONSTANT_DATA: CORNERS,
    }
  }

  /** What there is to draw comes from outside. */
  override reallocate(): void {}
  override processVisibleItem(): void {}

  override render(params: RenderParams): void {
    const { lines } = shown()
    this.array = lines.array
    this.capacity = lines.count
    this.verticesCount = lines.count ? 4 : 0
    super.render(params)
  }

  override setUniforms({ width, height }: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    const held = shown()
    const at = (name: (typeof UNIFORMS)[number]): WebGLUniformLocation | null => uniformLocations[name] ?? null
    gl.uniform2f(at('u_scale'), ...held.scale)
    gl.uniform2f(at('u_offset'), ...held.offset)
    gl.uniform2f(at('u_canvas'), width, height)
    gl.uniform1f(at('u_width'), held.width)
    gl.uniform3f(at('u_edge'), ...rgb(held.shaded ? held.paper.faint : held.paper.edge))
    gl.uniform3f(at('u_bridge'), ...rgb(held.shaded ? held.paper.faint : held.paper.bridge))
  }
}
