/** What the address says of the map beside filter, view and selection: flows, what is opened, columns of the table, the player. */
export const LEVELS = ['country', 'county', 'town'] as const
export type Level = (typeof LEVELS)[number]
/** `null`: the page chooses by the data; `none`: no flows are drawn. */
export type FlowChoice = Level | 'none' | null
export interface Extra {
  flows: FlowChoice
  /** Flows of at least so many joint efforts; null: the strongest few. */
  least: number | null
  /** What is opened beside the map: key of a place, `none` (without a place), `*` (all places), or two regions `a~b` with a flow between. */
  at: string | null
  /** Columns of the table beside the name; null: those that are usual. */
  cols: readonly string[] | null
}
export const NO_EXTRA: Extra = { flows: null, least: null, at: null, cols: null }
export const OPTIONAL = ['kind', 'place', 'county', 'country', 'links', 'since', 'technologies'] as const
export const USUAL: readonly string[] = ['kind', 'county', 'links', 'since']

const isFlow = (text: string | null): text is Level | 'none' => text === 'none' || LEVELS.some((level) => level === text)

export function parseExtra(query: URLSearchParams): Extra {
  const flows = query.get('flows')
  const least = query.get('least')
  const cols = query.get('cols')
  const at = query.get('at')
  return {
    flows: isFlow(flows) ? flows : null,
    least: least && /^[1-9]\d{0,5}$/.test(least) ? Number(least) : null,
    at: at && at.length <= 600 ? at : null,
    cols: cols === null ? null : OPTIONAL.filter((name) => cols.split(',').includes(name)),
  }
}

export function writeExtra(query: URLSearchParams, extra: Extra): void {
  if (extra.flows) query.set('flows', extra.flows)
  if (extra.least !== null) query.set('least', String(extra.least))
  if (extra.at) query.set('at', extra.at)
  if (extra.cols && extra.cols.join() !== USUAL.join()) query.set('cols', extra.cols.join(','))
}

/** The two ends of a flow that is opened, else null. */
export function endsOf(at: string | null): [string, string] | null {
  const [a, b, more] = at?.split('~') ?? []
  return a && b && more === undefined ? [a, b] : null
}
