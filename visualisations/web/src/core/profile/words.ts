import { number } from '../format'
import { i18n } from '../i18n/i18n.svelte'
import { profileEn } from './en'
import { profileSv } from './sv'

/** The sentences of the profiles, which come with them and not with the first page. */
export type Key = keyof typeof profileEn
type Counted = { [K in Key]: K extends `${infer Stem}_other` ? Stem : never }[Key]

export const p = (key: Key, values: Record<string, string | number> = {}): string =>
  (i18n.lang === 'sv' ? profileSv : profileEn)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export function pCount(stem: Counted, n: number): string {
  const form = new Intl.PluralRules(i18n.lang).select(n) === 'one' ? 'one' : 'other'
  return p(`${stem}_${form}` as Key, { n: number(n, i18n.lang) })
}
