import type Sigma from 'sigma'
import { NodeProgram, type ProgramInfo } from 'sigma/rendering'
import type { NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from 'sigma/utils'
import { rgb } from './palette'

/**
 * Discs for organisations and rounded squares for efforts in one pass, with a rim in the colour of the paper; hollow ones are rings.
 * What stands in the shade is four fifths paper: one number for all, so that a light moves without a look at every node.
 */
const VERTEX = /* glsl */ `
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec4 v_color;
varying vec4 v_rim;
varying float v_pixel;
varying float v_square;
varying float v_hollow;
uniform float u_shade;
uniform mediump vec3 u_paper;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  float side = (a_size / u_sizeRatio + 1.0) * u_pixelRatio * 2.0;
  gl_PointSize = side;
  v_pixel = u_pixelRatio / side;
  v_square = mod(a_shape, 2.0);
  float lit = mod(floor(a_shape / 2.0), 2.0);
  v_hollow = floor(a_shape / 4.0);
  v_rim = a_rim;
  v_color = a_color;
  v_color.a *= 255.0 / 254.0;
  v_rim.a *= 255.0 / 254.0;
  v_color.rgb = mix(v_color.rgb, u_paper, 0.8 * u_shade * (1.0 - lit));
}`

const FRAGMENT = /* glsl */ `
precision mediump float;
varying vec4 v_color;
varying vec4 v_rim;
varying float v_pixel;
varying float v_square;
varying float v_hollow;
uniform mediump vec3 u_paper;
void main(void) {
  vec2 m = gl_PointCoord - vec2(0.5);
  vec2 corner = abs(m) - vec2(0.30);
  float box = length(max(corner, 0.0)) + min(max(corner.x, corner.y), 0.0) - 0.12;
  float inside = v_square > 0.5 ? -box : 0.5 - length(m);
  float shape = smoothstep(0.0, v_pixel, inside);
  float body = smoothstep(v_pixel, v_pixel * 2.0, inside);
  vec4 color = mix(v_rim, v_color, body);
  float hole = v_hollow * smoothstep(v_pixel * 2.5, v_pixel * 3.5, inside);
  color.rgb = mix(color.rgb, u_paper, hole);
  gl_FragColor = vec4(color.rgb, 1.0) * (color.a * shape);
}`

const UNIFORMS = ['u_sizeRatio', 'u_pixelRatio', 'u_matrix', 'u_shade', 'u_paper'] as const
const { FLOAT, UNSIGNED_BYTE, POINTS } = { FLOAT: 0x1406, UNSIGNED_BYTE: 0x1401, POINTS: 0 }

export interface ShapeData extends NodeDisplayData { square: boolean; lit: boolean; hollow: boolean; rim: string }
/** What holds for all nodes of a picture. */
export interface Light { shaded: boolean; paper: { background: string } }

export const shapeProgram = (light: () => Light) => class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  /** Without a second drawing for the pointer. */
  constructor(gl: WebGLRenderingContext, _picking: WebGLFramebuffer | null, renderer: Sigma) {
    super(gl, null, renderer)
  }

  override getDefinition() {
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: POINTS,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT },
        { name: 'a_size', size: 1, type: FLOAT },
        { name: 'a_shape', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_rim', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    }
  }

  override processVisibleItem(_: number, start: number, data: ShapeData): void {
    const { array } = this
    array[start] = data.x
    array[start + 1] = data.y
    array[start + 2] = data.size
    array[start + 3] = (data.square ? 1 : 0) + (data.lit ? 2 : 0) + (data.hollow ? 4 : 0)
    array[start + 4] = floatColor(data.color)
    array[start + 5] = floatColor(data.rim)
  }

  override setUniforms({ sizeRatio, pixelRatio, matrix }: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    const { shaded, paper } = light()
    gl.uniform1f(uniformLocations['u_shade'] ?? null, shaded ? 1 : 0)
    gl.uniform3f(uniformLocations['u_paper'] ?? null, ...rgb(paper.background))
    gl.uniform1f(uniformLocations['u_pixelRatio'] ?? null, pixelRatio)
    gl.uniform1f(uniformLocations['u_sizeRatio'] ?? null, sizeRatio)
    gl.uniformMatrix3fv(uniformLocations['u_matrix'] ?? null, false, matrix)
  }
}
