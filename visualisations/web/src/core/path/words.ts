import { i18n } from '../i18n/i18n.svelte'
import { pathEn } from './en'
import { pathSv } from './sv'

/** The sentences of the page of paths, which come with it and not with the first page. */
export type Key = keyof typeof pathEn
type Counted = { [K in Key]: K extends `${infer Stem}_other` ? Stem : never }[Key]

export const p = (key: Key, values: Record<string, string | number> = {}): string =>
  (i18n.lang === 'sv' ? pathSv : pathEn)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** `{n}` is the number by locale, one or other by the plural rules. */
export function pCount(stem: Counted, n: number, values: Record<string, string | number> = {}): string {
  const form = new Intl.PluralRules(i18n.lang).select(n) === 'one' ? 'one' : 'other'
  return p(`${stem}_${form}` as Key, { ...values, n: new Intl.NumberFormat(i18n.lang === 'sv' ? 'sv-SE' : 'en-GB').format(n) })
}
