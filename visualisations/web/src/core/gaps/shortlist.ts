import type { Actor, Explained, Finding, Introduction, Reason } from '../api/gaps'
import { cell } from '../profile/csv'

/** More than this is no list for one day, and no address that mail programs keep whole. */
export const MOST_PICKS = 30
const BETWEEN = '~'

/** A pair as the address holds it: two keys. */
export const pickId = (a: string, b: string): string => `${a}${BETWEEN}${b}`

export function pickKeys(pick: string): [string, string] | null {
  const [a, b, more] = pick.split(BETWEEN)
  return a && b && more === undefined && a !== b ? [a, b] : null
}
const same = (one: string, other: string): boolean => one === other || one.split(BETWEEN).reverse().join(BETWEEN) === other

/** Those that name two organisations, each pair once, whichever of the two stands first. */
export function readPicks(said: readonly string[]): string[] {
  const found: string[] = []
  for (const pick of said) if (pickKeys(pick) && !found.some((held) => same(held, pick))) found.push(pick)
  return found.slice(0, MOST_PICKS)
}

export const isPicked = (picks: readonly string[], pick: string): boolean => picks.some((held) => same(held, pick))
export const toggledPick = (picks: readonly string[], pick: string): string[] =>
  isPicked(picks, pick) ? picks.filter((held) => !same(held, pick)) : [...picks, pick].slice(0, MOST_PICKS)

/** The best of each list in turn; an organisation stands twice only when there is nobody else. */
export function bestOf<Row extends { a: Pick<Actor, 'key'>; b: Pick<Actor, 'key'> }>(lists: readonly (readonly Row[])[], most: number): Row[] {
  const chosen: Row[] = []
  const seen = new Set<string>()
  for (const fresh of [true, false]) {
    const left = lists.map((list) => list.filter((row) => !chosen.includes(row)))
    for (let took = true; took && chosen.length < most;) {
      took = false
      for (const list of left) {
        const at = list.findIndex((row) => !fresh || (!seen.has(row.a.key) && !seen.has(row.b.key)))
        const row = at < 0 || chosen.length >= most ? undefined : list.splice(at, 1)[0]
        if (!row) continue
        took = true
        chosen.push(row)
        seen.add(row.a.key).add(row.b.key)
      }
    }
  }
  return chosen
}

/** The pair with what the venture day says of it first: why just these two should sit together there. */
export function withDay(told: Explained, day: Pick<Finding<Introduction>, 'rows' | 'evidence' | 'sources'> | null): Explained {
  const pick = pickId(told.a.key, told.b.key)
  const row = day?.rows.find((one) => same(pickId(one.a.key, one.b.key), pick))
  if (!day || !row || told.state === 'linked') return told
  const more = (first: readonly Reason[], rest: readonly Reason[] = []): Reason[] => [...first, ...rest.filter((one) => !first.some((held) => held.en === one.en || held.code === `venture-${one.code}`))]
  const plain = told.pair ?? { a: told.a, b: told.b, history: 'never', score: row.score, parts: {}, reasons: [], against: [], last_year: null, km: null, answer: row.answer, explain: row.explain }
  return {
    ...told, evidence: { ...told.evidence, ...day.evidence }, sources: { ...told.sources, ...day.sources },
    pair: { ...plain, reasons: more(row.reasons, plain.reasons), against: more(row.against, plain.against) },
  }
}

export interface Heads { heads: readonly string[]; name: (actor: Actor) => string; about: (actor: Actor) => string; state: (told: Explained) => string; say: (pair: { en: string; sv: string }) => string }

/** The shortlist as a table (RFC 4180): both organisations with their pages, state, reasons, reasons against, documents. */
export function shortlistCsv(rows: readonly Explained[], origin: string, made: Heads): string {
  const lines = rows.map((told, i) => {
    const reasons = told.pair?.reasons ?? []
    const against = told.pair?.against ?? []
    const ids = [...reasons, ...against].flatMap((reason) => reason.proofs.flatMap((proof) => proof.evidence))
    const pages = [...new Set(ids.map((id) => told.evidence[String(id)]?.document ?? '').filter(Boolean))]
    const side = (actor: Actor): string[] => [made.name(actor), made.about(actor), `${origin}${actor.path}`]
    return [String(i + 1), ...side(told.a), ...side(told.b), made.state(told), reasons.map(made.say).join(' | '), against.map(made.say).join(' | '), pages.join(' | ')]
  })
  return [made.heads, ...lines].map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n'
}
