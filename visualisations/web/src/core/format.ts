/** Numbers, dates and money by locale. Dates are partial: `2008`, `2008-11` or `2008-11-12`. */
export type Lang = 'en' | 'sv'
const LOCALE: Record<Lang, string> = { en: 'en-GB', sv: 'sv-SE' }

export const number = (value: number, lang: Lang): string => new Intl.NumberFormat(LOCALE[lang]).format(value)
export const percent = (value: number, lang: Lang): string =>
  new Intl.NumberFormat(LOCALE[lang], { style: 'percent', maximumFractionDigits: 0 }).format(value)

/** The precision of the text is the precision of what is shown; a text that is no date comes back unchanged. */
export function date(text: string, lang: Lang): string {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?$/.exec(text)
  if (!found) return text
  const [, year, month, day] = found
  if (!month) return year as string
  const when = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)))
  const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric', month: day ? 'long' : 'long' }
  if (day) options.day = 'numeric'
  return new Intl.DateTimeFormat(LOCALE[lang], options).format(when)
}

export function period(start: string | null, end: string | null, lang: Lang): string {
  if (start && end) return start === end ? date(start, lang) : `${date(start, lang)} – ${date(end, lang)}`
  if (start) return date(start, lang)
  return end ? `– ${date(end, lang)}` : ''
}

/** An amount keeps its own currency; nothing is converted. */
export function money(amount: string | number, currency: string | null, lang: Lang): string {
  const value = Number(amount)
  if (!Number.isFinite(value)) return [amount, currency].filter(Boolean).join(' ')
  const big = Math.abs(value) >= 1e6
  const shown = new Intl.NumberFormat(LOCALE[lang], {
    maximumFractionDigits: big ? 2 : 0, notation: big ? 'compact' : 'standard', compactDisplay: 'long',
  }).format(value)
  return currency ? `${shown} ${currency}` : shown
}

/** Sums by currency, greatest first: amounts of two currencies are never added, nor what is part of another row. */
export function sums(rows: readonly { amount: string | null; currency: string | null; part_of?: string | null }[]): { currency: string; total: number; rows: number }[] {
  const byCurrency = new Map<string, { total: number; rows: number }>()
  for (const row of rows) {
    const value = row.amount === null ? Number.NaN : Number(row.amount)
    if (!row.currency || !Number.isFinite(value) || row.part_of) continue
    const sum = byCurrency.get(row.currency) ?? { total: 0, rows: 0 }
    byCurrency.set(row.currency, { total: sum.total + value, rows: sum.rows + 1 })
  }
  return [...byCurrency].map(([currency, sum]) => ({ currency, ...sum })).sort((a, b) => b.total - a.total)
}

/** The short name of a licence that is given by its address. */
export function licence(text: string): string {
  const found = /creativecommons\.org\/(licenses|publicdomain)\/([a-z-]+)\/([\d.]+)/.exec(text)
  if (!found) return text.replace(/^https?:\/\//, '')
  return found[1] === 'publicdomain' ? `CC0 ${found[3]}` : `CC ${(found[2] ?? '').toUpperCase()} ${found[3]}`
}

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)

/** The name of a country; a code that no country has comes back unchanged. */
export function country(code: string, lang: Lang): string {
  try {
    return new Intl.DisplayNames([LOCALE[lang]], { type: 'region', fallback: 'code' }).of(code) ?? code
  } catch {
    return code
  }
}

/** A name of at most `most` characters; what shows it gives the whole name in its title. */
export function short(text: string, most = 90): string {
  const letters = [...text]
  return letters.length > most ? `${letters.slice(0, most - 1).join('').trimEnd()}…` : text
}

/** A number with at most `places` decimals. */
export const decimal = (value: number, lang: Lang, places = 2): string =>
  new Intl.NumberFormat(LOCALE[lang], { maximumFractionDigits: places }).format(value).replace('-', '−')

/** A change as a share with its sign: -0.7 is "−70 %". */
export const signedPercent = (value: number, lang: Lang): string =>
  new Intl.NumberFormat(LOCALE[lang], { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(value).replace('-', '−')
