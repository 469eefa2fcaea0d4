import { i18n } from '../i18n/i18n.svelte'
import { queryEn } from './en'
import { querySv } from './sv'

/** The sentences of the query pages, which come with them and not with the first page. */
type Key = keyof typeof queryEn
type Counted = { [K in Key]: K extends `${infer Stem}_other` ? Stem : never }[Key]

export const q = (key: Key, values: Record<string, string | number> = {}): string =>
  (i18n.lang === 'sv' ? querySv : queryEn)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

export function qCount(stem: Counted, n: number): string {
  const form = new Intl.PluralRules(i18n.lang).select(n) === 'one' ? 'one' : 'other'
  return q(`${stem}_${form}` as Key, { n: new Intl.NumberFormat(i18n.lang).format(n) })
}

/** What the editor says by itself, such as to screen readers. */
export const editorPhrases = (): Record<string, string> =>
  i18n.lang === 'sv'
    ? { Completions: 'Förslag', Diagnostics: 'Fel', 'No diagnostics': 'Inga fel', 'Go to line': 'Gå till rad', 'Control character': 'Styrtecken', 'Fold line': 'Fäll ihop', go: 'gå', close: 'stäng' }
    : {}
