import { country, capital, type Lang } from '../format'
import { i18n } from '../i18n/i18n.svelte'
import type { Money, Stop } from './answer'
import { f, fCount } from './words'

/** Euro by locale: `€1.2bn` or `1,2 md €`; in full where there is room. */
export function euro(value: number | null, lang: Lang, full = false): string {
  if (value === null) return f('notKnown')
  const options: Intl.NumberFormatOptions = { style: 'currency', currency: 'EUR', maximumFractionDigits: full ? 0 : 1 }
  return new Intl.NumberFormat(lang === 'sv' ? 'sv-SE' : 'en-GB', full ? options : { ...options, notation: 'compact' }).format(value)
}

/** The name of a stop; a country by its code. */
export function stopName(stop: Pick<Stop, 'value' | 'name'>): string {
  return /^[A-Z]{2}$/.test(stop.value) ? country(stop.value, i18n.lang) : capital(i18n.pick(stop.name))
}

export const coverage = (money: Money): string =>
  [fCount('payments', money.known + money.silent), ...(money.silent ? [fCount(money.known ? 'silentSome' : 'silentAll', money.silent)] : [])].join(', ')
