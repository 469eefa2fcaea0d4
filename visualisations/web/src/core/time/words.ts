import { i18n } from '../i18n/i18n.svelte'
import { timeEn } from './en'
import { timeSv } from './sv'

/** The sentences of this part, which come with its pages and not with the first page. */
export type Key = keyof typeof timeEn
type Counted = { [K in Key]: K extends `${infer Stem}_other` ? Stem : never }[Key]

export const w = (key: Key, values: Record<string, string | number> = {}): string =>
  (i18n.lang === 'sv' ? timeSv : timeEn)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export function wCount(stem: Counted, n: number): string {
  const form = new Intl.PluralRules(i18n.lang).select(n) === 'one' ? 'one' : 'other'
  return w(`${stem}_${form}` as Key, { n: new Intl.NumberFormat(i18n.lang).format(n) })
}
