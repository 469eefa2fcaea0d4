import { i18n } from '../i18n/i18n.svelte'
import { mapEn } from './en'
import { mapSv } from './sv'

/** The sentences of the network, which come with the map and not with the first page. */
type Key = keyof typeof mapEn
type Counted = { [K in Key]: K extends `${infer Stem}_other` ? Stem : never }[Key]

export const m = (key: Key, values: Record<string, string | number> = {}): string =>
  (i18n.lang === 'sv' ? mapSv : mapEn)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export function mCount(stem: Counted, n: number): string {
  const form = new Intl.PluralRules(i18n.lang).select(n) === 'one' ? 'one' : 'other'
  return m(`${stem}_${form}` as Key, { n: new Intl.NumberFormat(i18n.lang).format(n) })
}
