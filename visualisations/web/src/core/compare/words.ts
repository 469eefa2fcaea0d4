import { i18n } from '../i18n/i18n.svelte'
import { compareEn } from './en'
import { compareSv } from './sv'

type Key = keyof typeof compareEn
type Counted = { [K in Key]: K extends `${infer Stem}_other` ? Stem : never }[Key]

/** The sentences of the page of comparisons, which come with it and not with the first page. */
export const c = (key: Key, values: Record<string, string | number> = {}): string =>
  (i18n.lang === 'sv' ? compareSv : compareEn)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export function cCount(stem: Counted, n: number): string {
  const form = new Intl.PluralRules(i18n.lang).select(n) === 'one' ? 'one' : 'other'
  return c(`${stem}_${form}` as Key, { n: new Intl.NumberFormat(i18n.lang === 'sv' ? 'sv-SE' : 'en-GB').format(n) })
}
