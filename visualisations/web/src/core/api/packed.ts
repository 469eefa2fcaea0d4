import { ApiError, withQuery } from './client'

/** The bytes of `/api/v1/map/packed`: a header of JSON, then arrays that are read where they lie. */
interface Head { generation: number; nodes: number; of: number; arrays: Record<string, [kind: string, at: number, length: number]> }

/** What is drawn. The nodes come best connected first; each pair of them is one line. `names` may be fewer than the nodes. */
export interface Picture {
  /** How many nodes the filter leaves in all; no more than those here unless the picture was cut. */
  of: number
  edges: number
  kinds: string[]
  ties: string[]
  key: string[]
  /** In tenths of the units of the map. */
  x: Int16Array
  y: Int16Array
  kind: Uint8Array
  /** 65535 is none. */
  community: Uint16Array
  degree: Uint32Array
  /** For each node how many lines it has to nodes before it; `to` has those, one after the other; `tie` a bit for each of `ties`. */
  lines: Uint16Array | Uint32Array
  to: Uint16Array | Uint32Array
  tie: Uint16Array
  names: Names
}
/** `sv` is empty where it is the same as `en`. */
export interface Names { en: string[]; sv: string[] }
/** What the table has beyond the picture: 65535 is no county, 0 no year. */
export interface Rest { counties: string[]; county: Uint16Array; year: Int16Array; names: Names }

const VIEWS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i2: Int16Array, f4: Float32Array } as const
type View = Uint8Array | Uint16Array | Uint32Array | Int16Array | Float32Array

/** The header and a way to the arrays. Throws an ApiError when the bytes are not what they should be. */
function opened(buffer: ArrayBuffer): { head: Head & Record<string, unknown>; array: <T extends View>(name: string) => T; text: (name: string) => string[] } {
  try {
    const begin = 4 + new DataView(buffer).getUint32(0, true)
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, begin - 4))) as Head & Record<string, unknown>
    const place = (name: string): [string, number, number] => {
      const found = head.arrays[name]
      if (!found) throw new Error(`no ${name}`)
      return [found[0], begin + found[1], found[2]]
    }
    return {
      head,
      array: <T extends View>(name: string): T => {
        const [kind, at, length] = place(name)
        const Kind = VIEWS[kind as keyof typeof VIEWS]
        return new Kind(buffer, at, length / Kind.BYTES_PER_ELEMENT) as T
      },
      text: (name) => {
        const [, at, length] = place(name)
        return head.nodes ? new TextDecoder().decode(new Uint8Array(buffer, at, length)).split('\n') : []
      },
    }
  } catch (reason) {
    throw new ApiError(0, `The map cannot be read: ${String(reason)}`)
  }
}

export function picture(buffer: ArrayBuffer): Picture {
  const { head, array, text } = opened(buffer)
  return {
    of: head.of, edges: head.edges as number, kinds: head.kinds as string[], ties: head.ties as string[], key: text('key'),
    x: array('x'), y: array('y'), kind: array('kind'), community: array('community'), degree: array('degree'),
    lines: array('lines'), to: array('to'), tie: array('tie'), names: { en: text('en'), sv: text('sv') },
  }
}

export function rest(buffer: ArrayBuffer): Rest {
  const { head, array, text } = opened(buffer)
  return { counties: head.counties as string[], county: array('county'), year: array('year'), names: { en: text('en'), sv: text('sv') } }
}

/** NaN where it is not known. */
export const measure = (buffer: ArrayBuffer, name: 'partners' | 'money'): Float32Array => opened(buffer).array(name)

async function bytes(query: string, part: string, top: number | null, signal?: AbortSignal): Promise<ArrayBuffer> {
  const asked = [query, part === 'picture' ? '' : `part=${part}`, top ? `top=${top}` : ''].filter(Boolean).join('&')
  let response: Response
  try {
    response = await fetch(withQuery('/api/v1/map/packed', asked), { signal, credentials: 'same-origin' })
  } catch (reason) {
    if (reason instanceof DOMException && reason.name === 'AbortError') throw reason
    throw new ApiError(0, String(reason))
  }
  if (response.ok) return response.arrayBuffer()
  const problem = (await response.json().catch(() => null)) as { title?: string; detail?: string } | null
  throw new ApiError(response.status, problem?.detail ?? problem?.title ?? response.statusText)
}

export const packed = {
  picture: async (query: string, top: number | null, signal?: AbortSignal): Promise<Picture> => picture(await bytes(query, 'picture', top, signal)),
  rest: async (query: string, top: number | null, signal?: AbortSignal): Promise<Rest> => rest(await bytes(query, 'rest', top, signal)),
  measure: async (query: string, name: 'partners' | 'money', top: number | null, signal?: AbortSignal): Promise<Float32Array> =>
    measure(await bytes(query, name, top, signal), name),
}
