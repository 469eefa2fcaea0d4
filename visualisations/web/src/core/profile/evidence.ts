import type { Evidence, EvidenceId, Proven } from '../api/types'

/** One page with all records of it that say the same; `name` is its host in letters. */
export interface Shown extends Evidence { id: string; name: string; records: string[] }

const RADIX = { base: 36, min: 1, max: 26, skew: 38, damp: 700, bias: 72, first: 128 }

/** One label of an internationalised host in letters (RFC 3492); an ill-formed one comes back as it is. */
function letters(label: string): string {
  if (!label.startsWith('xn--')) return label
  const coded = label.slice(4)
  const cut = coded.lastIndexOf('-')
  const out = [...(cut > 0 ? coded.slice(0, cut) : '')]
  let n = RADIX.first, i = 0, bias = RADIX.bias
  for (let at = cut > 0 ? cut + 1 : 0; at < coded.length;) {
    const before = i
    for (let weight = 1, k = RADIX.base; ; k += RADIX.base) {
      const digit = parseInt(coded[at++] ?? '', 36)
      if (Number.isNaN(digit)) return label
      const value = digit < 10 ? digit + 26 : digit - 10
      i += value * weight
      const limit = k <= bias ? RADIX.min : k >= bias + RADIX.max ? RADIX.max : k - bias
      if (value < limit) break
      weight *= RADIX.base - limit
    }
    bias = adapted(i - before, out.length + 1, before === 0)
    n += Math.floor(i / (out.length + 1))
    i %= out.length + 1
    out.splice(i++, 0, String.fromCodePoint(n))
  }
  return out.length ? out.join('') : label
}

function adapted(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / RADIX.damp) : delta >> 1
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > ((RADIX.base - RADIX.min) * RADIX.max) / 2; k += RADIX.base) rest = Math.floor(rest / (RADIX.base - RADIX.min))
  return k + Math.floor(((RADIX.base - RADIX.min + 1) * rest) / (rest + RADIX.skew))
}

export const hostName = (host: string): string => host.replace(/^www\./, '').split('.').map(letters).join('.')

/** The evidence behind some ids, one entry a page; ids that the answer does not hold are left out. */
export function evidenceOf(entity: Proven, ids: readonly EvidenceId[]): Shown[] {
  const shown = new Map<string, Shown>()
  for (const id of ids) {
    const found = entity.evidence[String(id)]
    if (!found) continue
    const mark = `${found.document}|${found.quote}`
    const page = shown.get(mark) ?? { ...found, id: String(id), name: hostName(found.host ?? found.source ?? ''), records: [] }
    if (found.record && !page.records.includes(found.record)) page.records.push(found.record)
    shown.set(mark, page)
  }
  return [...shown.values()]
}

/** Only pages of the web become links. */
export const safeHref = (href: string | null | undefined): string | null =>
  href && /^https?:\/\//i.test(href) ? href : null
