/** How the network looks, apart from what is in it: written in the address beside the filter. */
export const COLOURINGS = ['kind', 'community'] as const
export const SIZES = ['ties', 'partners', 'money', 'none'] as const
export type Colouring = (typeof COLOURINGS)[number]
export type Sizing = (typeof SIZES)[number]
/** `top`: how many of the best connected nodes are drawn at most; null is the page's own choice, 0 all. */
export interface Look { colour: Colouring; size: Sizing; top: number | null }
export const FIRST_LOOK: Look = { colour: 'kind', size: 'ties', top: null }

/** What a page draws unless it is asked for more. */
export const FIRST_TOP = 12_000

function top(text: string | null): number | null {
  if (text === 'all') return 0
  return text && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null
}

export function parseLook(query: URLSearchParams): Look {
  return {
    colour: COLOURINGS.find((name) => name === query.get('colour')) ?? FIRST_LOOK.colour,
    size: SIZES.find((name) => name === query.get('size')) ?? FIRST_LOOK.size,
    top: top(query.get('top')),
  }
}

export function writeLook(query: URLSearchParams, look: Look): void {
  if (look.colour !== FIRST_LOOK.colour) query.set('colour', look.colour)
  if (look.size !== FIRST_LOOK.size) query.set('size', look.size)
  if (look.top !== null) query.set('top', look.top ? String(look.top) : 'all')
}

/** Values of the address that nobody knows: left out. */
export function lookFaults(query: URLSearchParams): string[] {
  const look = parseLook(query)
  const left = (name: 'colour' | 'size'): string[] => (query.get(name) && query.get(name) !== look[name] ? [query.get(name) ?? ''] : [])
  return [...left('colour'), ...left('size'), ...(query.get('top') && look.top === null ? [query.get('top') ?? ''] : [])]
}

/** For the server: how many nodes to send; null is all. */
export const asked = (look: Look): number | null => (look.top === null ? FIRST_TOP : look.top || null)
