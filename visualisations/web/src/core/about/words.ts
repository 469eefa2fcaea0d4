import { i18n } from '../i18n/i18n.svelte'
import { aboutEn } from './en'
import { aboutSv } from './sv'

/** The sentences of this part, which come with its pages and not with the first page. */
export type Key = keyof typeof aboutEn
type Counted = { [K in Key]: K extends `${infer Stem}_other` ? Stem : never }[Key]

export const a = (key: Key, values: Record<string, string | number> = {}): string =>
  (i18n.lang === 'sv' ? aboutSv : aboutEn)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export function aCount(stem: Counted, n: number): string {
  const form = new Intl.PluralRules(i18n.lang).select(n) === 'one' ? 'one' : 'other'
  return a(`${stem}_${form}` as Key, { n: new Intl.NumberFormat(i18n.lang).format(n) })
}
