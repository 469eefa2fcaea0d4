import { picture, rest, type Picture, type Rest } from '../src/core/api/packed'

const VIEWS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i2: Int16Array } as const

/** Bytes as the server writes them. */
export function bytes(head: object, arrays: Record<string, ['u1' | 'u2' | 'u4' | 'i2', number[]] | string[]>): ArrayBuffer {
  const places: Record<string, [string, number, number]> = {}
  const held: Uint8Array[] = []
  let at = 0
  for (const [name, value] of Object.entries(arrays)) {
    const [kind, numbers] = value
    const body = Array.isArray(numbers) ? new Uint8Array(new VIEWS[kind as keyof typeof VIEWS](numbers).buffer) : new TextEncoder().encode((value as string[]).join('\n'))
    places[name] = [Array.isArray(numbers) ? (kind as string) : 'text', at, body.length]
    const padded = new Uint8Array(Math.ceil(body.length / 8) * 8)
    padded.set(body)
    held.push(padded)
    at += padded.length
  }
  let text = JSON.stringify({ ...head, arrays: places })
  while ((new TextEncoder().encode(text).length + 4) % 8) text += ' '
  const front = new TextEncoder().encode(text)
  const whole = new Uint8Array(4 + front.length + at)
  new DataView(whole.buffer).setUint32(0, front.length, true)
  whole.set(front, 4)
  let place = 4 + front.length
  for (const part of held) {
    whole.set(part, place)
    place += part.length
  }
  return whole.buffer
}

/** Two companies and a project, in two communities, and one of whom nothing is tied; x and y in units of the map. */
export const small = (): Picture => picture(bytes(
  { generation: 1, nodes: 4, of: 9, edges: 3, pairs: 2, kinds: ['Company', 'Project'], ties: ['participation', 'funding'] },
  {
    x: ['i2', [0, 10, 20, 5]], y: ['i2', [0, 10, 10, -900]], kind: ['u1', [0, 0, 1, 0]], community: ['u2', [0, 0, 1, 65535]], degree: ['u4', [2, 1, 1, 0]],
    lines: ['u2', [0, 1, 1, 0]], to: ['u2', [0, 0]], tie: ['u2', [2, 3]], key: ['a', 'b', 'p', 'z'],
    en: ['Alpha', 'Beta', 'Project', 'Zeta'], sv: ['', '', 'Projekt', ''],
  }))
export const smallRest = (): Rest => rest(bytes({ nodes: 4, counties: ['place/se-ab'] }, {
  county: ['u2', [0, 65535, 65535, 65535]], year: ['i2', [2001, 0, 2010, 0]], en: ['Alpha', 'Beta', 'Project', 'Zeta'], sv: ['', '', 'Projekt', ''],
}))
