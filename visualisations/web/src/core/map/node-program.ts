import { NodeProgram, type ProgramInfo } from 'sigma/rendering'
import type { NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from 'sigma/utils'

/** Discs for organisations and rounded squares for efforts in one pass, with a rim in the colour of the paper. */
const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec2 a_position;
attribute float a_size;
attribute float a_square;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec4 v_color;
varying vec4 v_rim;
varying float v_pixel;
varying float v_square;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  float side = (a_size / u_sizeRatio + 1.0) * u_pixelRatio * 2.0;
  gl_PointSize = side;
  v_pixel = u_pixelRatio / side;
  v_square = a_square;
  v_rim = a_rim;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
  v_rim.a *= 255.0 / 254.0;
}`

const FRAGMENT = /* glsl */ `
precision mediump float;
varying vec4 v_color;
varying vec4 v_rim;
varying float v_pixel;
varying float v_square;
void main(void) {
  vec2 m = gl_PointCoord - vec2(0.5);
  vec2 corner = abs(m) - vec2(0.30);
  float box = length(max(corner, 0.0)) + min(max(corner.x, corner.y), 0.0) - 0.12;
  float inside = v_square > 0.5 ? -box : 0.5 - length(m);
  #ifdef PICKING_MODE
  gl_FragColor = inside > 0.0 ? v_color : vec4(0.0);
  #else
  float shape = smoothstep(0.0, v_pixel, inside);
  float body = smoothstep(v_pixel, v_pixel * 2.0, inside);
  vec4 color = mix(v_rim, v_color, body);
  gl_FragColor = vec4(color.rgb, 1.0) * (color.a * shape);
  #endif
}`

const UNIFORMS = ['u_sizeRatio', 'u_pixelRatio', 'u_matrix'] as const
const { FLOAT, UNSIGNED_BYTE, POINTS } = { FLOAT: 0x1406, UNSIGNED_BYTE: 0x1401, POINTS: 0 }

export interface ShapeData extends NodeDisplayData { square: boolean; rim: string }

export class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
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
        { name: 'a_square', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_rim', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    }
  }

  override processVisibleItem(index: number, start: number, data: ShapeData): void {
    const { array } = this
    array[start] = data.x
    array[start + 1] = data.y
    array[start + 2] = data.size
    array[start + 3] = data.square ? 1 : 0
    array[start + 4] = floatColor(data.color)
    array[start + 5] = floatColor(data.rim)
    array[start + 6] = index
  }

  override setUniforms({ sizeRatio, pixelRatio, matrix }: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniform1f(uniformLocations['u_pixelRatio'] ?? null, pixelRatio)
    gl.uniform1f(uniformLocations['u_sizeRatio'] ?? null, sizeRatio)
    gl.uniformMatrix3fv(uniformLocations['u_matrix'] ?? null, false, matrix)
  }
}
