import { i18n } from '../i18n/i18n.svelte'
import { flowsEn } from './en'
import { flowsSv } from './sv'

type Key = keyof typeof flowsEn
type Counted = { [K in Key]: K extends `${infer Stem}_other` ? Stem : never }[Key]

/** The sentences of the page of money, which come with it and not with the first page. */
export const f = (key: Key, values: Record<string, string | number> = {}): string =>
  (i18n.lang === 'sv' ? flowsSv : flowsEn)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export function fCount(stem: Counted, n: number, values: Record<string, string> = {}): string {
  const form = new Intl.PluralRules(i18n.lang).select(n) === 'one' ? 'one' : 'other'
  return f(`${stem}_${form}` as Key, { ...values, n: new Intl.NumberFormat(i18n.lang === 'sv' ? 'sv-SE' : 'en-GB').format(n) })
}
