import type { Pair, Words } from '../api/types'
import type { Lang } from '../format'
import { read, write } from '../storage'
import { en, type Key } from './en'
import { sv } from './sv'

type Texts = Record<Lang, Partial<Record<Key, string>>>
const TEXTS: Texts = { en: { ...en }, sv: { ...sv } }

/** The sentences of a page that few open, from its own part of the program, before that page is drawn. */
export function addTexts(texts: Texts): void {
  Object.assign(TEXTS.en, texts.en)
  Object.assign(TEXTS.sv, texts.sv)
}

type Counted = { [K in Key]: K extends `${infer Stem}_other` ? Stem : never }[Key]

const isLang = (value: string | null | undefined): value is Lang => value === 'en' || value === 'sv'

function first(): Lang {
  const asked = new URLSearchParams(location.search).get('lang')
  if (isLang(asked)) return asked
  const kept = read('lang')
  if (isLang(kept)) return kept
  return navigator.languages.map((name) => name.slice(0, 2)).find(isLang) ?? 'en'
}

/** The language of the page: from `?lang=`, else the kept choice, else the browser. */
class I18n {
  lang = $state<Lang>(first())

  constructor() {
    document.documentElement.lang = this.lang
  }

  use(lang: Lang): void {
    this.lang = lang
    document.documentElement.lang = lang
    write('lang', lang)
  }

  t = (key: Key, values: Record<string, string | number> = {}): string =>
    (TEXTS[this.lang][key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

  /** The text for a number: `{n}` is the number by locale, one or other by the plural rules. */
  count = (stem: Counted, n: number): string => {
    const form = new Intl.PluralRules(this.lang).select(n) === 'one' ? 'one' : 'other'
    return this.t(`${stem}_${form}` as Key, { n: new Intl.NumberFormat(this.lang).format(n) })
  }

  /** The language in which `pick` answers. */
  langOf = (words: Words): Lang => (words[this.lang] ? this.lang : this.lang === 'en' ? 'sv' : 'en')
  pick = (pair: Pair | Words | string | null | undefined): string => {
    if (!pair) return ''
    if (typeof pair === 'string') return pair
    return pair[this.lang] || pair.en || pair.sv || ''
  }
}

export const i18n = new I18n()
export const t = i18n.t
