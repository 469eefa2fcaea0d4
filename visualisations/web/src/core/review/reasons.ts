import type { Lang } from '../format'

/** The fixed words of reasons, which the build writes in English (`ingest/resolve/alike.py`, `links.py`, `clusters.py`). */
const SWEDISH: Readonly<Record<string, string>> = {
  name: 'namn',
  acronym: 'akronym',
  'same acronym': 'samma akronym',
  'same country': 'samma land',
  'same home page': 'samma webbplats',
  'other home page': 'annan webbplats',
  'same town': 'samma ort',
  'other town': 'annan ort',
  'other legal form': 'annan bolagsform',
  people: 'ett beslut',
  'name and town': 'namn och ort',
  'name without form and town': 'namn utan bolagsform och ort',
  'name and home page': 'namn och webbplats',
  'name and year': 'namn och år',
  'only one of that name in the country': 'det enda med det namnet i landet',
}
const NUMBER = /^(.*?)(\s+[\d.,]+\s*%?)$/
const GIVEN = /^(.+) is given to both, but their names differ$/
const JOINS = /^(.+?) joins them, but (.+)$/
const KINDS = /^a (\w+) is no (\w+)$/
const DIFFER = /^their (.+?) differ: (.+)$/

const word = (text: string): string => SWEDISH[text] ?? text

function against(text: string, kind: (name: string) => string): string {
  const kinds = KINDS.exec(text)
  if (kinds) return `en sak är inte både ${kind(kinds[1]!)} och ${kind(kinds[2]!)}`
  const differ = DIFFER.exec(text)
  if (differ) return `${differ[1]} skiljer sig: ${differ[2]}`
  return text === 'people told them, or what was joined with them, apart' ? 'någon har skilt dem åt, eller det som förenats med dem' : text
}

/** A reason in the language of the page, with its numbers; what is not known stays as it is. */
export function reasonWords(reason: string, lang: Lang, kind: (name: string) => string): string {
  if (lang !== 'sv') return reason
  if (reason.startsWith('conflict: ')) {
    const text = reason.slice('conflict: '.length)
    const given = GIVEN.exec(text)
    const joins = JOINS.exec(text)
    if (given) return `konflikt: båda har ${given[1]}, men namnen skiljer sig`
    return `konflikt: ${joins ? `${word(joins[1]!)} förenar dem, men ${against(joins[2]!, kind)}` : text}`
  }
  const numbered = NUMBER.exec(reason)
  return numbered ? `${word(numbered[1]!)}${numbered[2]}` : word(reason)
}
