// How far apart colours are for eyes of every kind: `npm run colours` prints the least distances of the palettes.
// Simulation: Machado, Oliveira and Fernandes 2009, severity 1.0, in linear sRGB. Distance: Euclidean in CIELAB (D65).
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const EYES = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
const TO_XYZ = [[0.4123908, 0.3575843, 0.1804808], [0.212639, 0.7151687, 0.0721923], [0.0193308, 0.1191948, 0.9505322]]
const WHITE = [0.95047, 1, 1.08883]
export const SIGHTS = Object.keys(EYES)

const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, each, i) => sum + each * vector[i], 0))
const linear = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))

/** CIELAB of a hexadecimal colour as eyes of this kind see it. */
export function lab(hex, sight = 'normal') {
  const seen = times(EYES[sight], linear(hex)).map((c) => Math.min(1, Math.max(0, c)))
  const [x, y, z] = times(TO_XYZ, seen).map((c, i) => c / WHITE[i]).map((c) => (c > 216 / 24389 ? Math.cbrt(c) : ((24389 / 27) * c + 16) / 116))
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
export const distance = (one, other, sight) => Math.hypot(...lab(one, sight).map((c, i) => c - lab(other, sight)[i]))

/** The two of a palette (colours by name) that come nearest for eyes of this kind. */
export function nearest(palette, sight) {
  const names = Object.keys(palette)
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b, distance: distance(palette[a], palette[b], sight) })))
  return pairs.reduce((least, pair) => (pair.distance < least.distance ? pair : least))
}

/** As in WCAG: 1 to 21. */
export function contrast(one, other) {
  const [more, less] = [one, other].map((hex) => times(TO_XYZ, linear(hex))[1]).sort((a, b) => b - a)
  return (more + 0.05) / (less + 0.05)
}

/** The colours that a style sheet sets for a theme, by the names of their variables. */
export function variables(css, theme) {
  const block = theme === 'light' ? /:root \{([^}]*)\}/ : /:root\[data-theme='dark'\] \{([^}]*)\}/
  return Object.fromEntries([...(block.exec(css)?.[1] ?? '').matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]))
}

const KINDS = ['company', 'startup', 'research', 'public', 'money', 'support', 'network']
const SCALE = ['gap3', 'gap2', 'gap1', 'even', 'over1', 'over2', 'over3']
const of = (held, names) => Object.fromEntries(names.map((name) => [name, held[name]]))

/** The palettes of both themes as the style sheets hold them. */
export function palettes() {
  const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src')
  const [app, gaps] = ['app.css', 'gaps.css'].map((name) => readFileSync(join(source, name), 'utf8'))
  return ['light', 'dark'].flatMap((theme) => {
    const held = variables(app, theme)
    const ground = { paper: held.paper, card: held.card }
    return [
      { name: 'kinds', theme, colours: of(held, KINDS), ground, more: of(held, ['effort']) },
      { name: 'scale', theme, colours: of(variables(gaps, theme), SCALE), ground, more: {} },
    ]
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, theme, colours, ground } of palettes()) {
    for (const sight of SIGHTS) {
      const pair = nearest(colours, sight)
      console.log(`${name} ${theme} ${sight}: ${pair.distance.toFixed(1)} (${pair.a}, ${pair.b})`)
    }
    const least = Math.min(...Object.values(colours).flatMap((hex) => Object.values(ground).map((under) => contrast(hex, under))))
    console.log(`${name} ${theme} least contrast to paper or card: ${least.toFixed(2)}`)
  }
}
