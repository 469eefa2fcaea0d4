import { i18n } from '../i18n/i18n.svelte'
import { handEn } from './hand-en'
import { handSv } from './hand-sv'

/** The sentences of the tools of the map, which come with the map and not with the first page. */
export type HandKey = keyof typeof handEn
type Counted = { [K in HandKey]: K extends `${infer Stem}_other` ? Stem : never }[HandKey]

export const h = (key: HandKey, values: Record<string, string | number> = {}): string =>
  (i18n.lang === 'sv' ? handSv : handEn)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export function hCount(stem: Counted, n: number): string {
  const form = new Intl.PluralRules(i18n.lang).select(n) === 'one' ? 'one' : 'other'
  return h(`${stem}_${form}` as HandKey, { n: new Intl.NumberFormat(i18n.lang).format(n) })
}
