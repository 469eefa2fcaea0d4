import { ApiError } from '../api/client'
import { patient } from '../gaps/patient'
import { cell } from '../profile/csv'
import type { HandKey } from './hand-words'
import type { Row } from './model'

/** The forms in which the server gives what the filter leaves, and how many things each may hold. */
export const FILES: readonly { ending: string; text: HandKey; most: number }[] = [
  { ending: '.csv', text: 'fileCsv', most: Infinity },
  { ending: '-ties.csv', text: 'fileTies', most: 200_000 },
  { ending: '.gexf', text: 'fileGexf', most: 20_000 },
  { ending: '.graphml', text: 'fileGraphml', most: 20_000 },
  { ending: '.jsonld', text: 'fileJsonld', most: 50_000 },
  { ending: '.html', text: 'fileHtml', most: 2_000 },
]
export const fileHref = (ending: string, query: string, lang: string): string => `/api/v1/map${ending}?${query ? `${query}&` : ''}lang=${lang}`

/** The rows as a table (RFC 4180), safe to open in a spreadsheet. */
export const rowsCsv = (rows: readonly Row[], heads: readonly string[], kind: (name: string) => string, county: (key: string) => string): string =>
  [heads, ...rows.map((row) => [row.key, row.name, kind(row.kind), row.county ? county(row.county) : '', row.links, row.since])]
    .map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n'

/** The file, when the server has made it; ApiError with what it said when it cannot. */
export const fetchFile = (href: string, signal: AbortSignal): Promise<Blob> => patient(async (stop) => {
  const response = await fetch(href, { signal: stop }).catch((reason: unknown) => {
    throw stop.aborted ? reason : new ApiError(0, String(reason))
  })
  if (response.ok) return response.blob()
  const problem = (await response.json().catch(() => null)) as { detail?: string } | null
  throw new ApiError(response.status, problem?.detail ?? response.statusText)
}, signal)
