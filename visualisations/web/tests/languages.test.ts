import { describe, expect, it } from 'vitest'

type Texts = Record<string, string>
const files = import.meta.glob('../src/core/**/*{en,sv}.ts', { eager: true }) as Record<string, Record<string, unknown>>

/** The sentences of a file: of the object whose name ends in its language. */
function texts(file: Record<string, unknown>, lang: string): Texts | null {
  const found = Object.entries(file).find(([name, held]) => name.toLowerCase().endsWith(lang) && held !== null && typeof held === 'object')
  return found ? (found[1] as Texts) : null
}
/** `core/time/` or `core/i18n/gaps-`: the part, with its two languages. */
const parts = Object.keys(files).filter((path) => /[/-]en\.ts$/.test(path)).map((path) => path.replace(/en\.ts$/, ''))
const held = (part: string, lang: string): Texts => texts(files[`${part}${lang}.ts`] ?? {}, lang) ?? {}

/** Names that are the same in both languages. */
const SAME = new Set(['Cleantech KG', 'via {names}', '{n} relation', 'SELECT …', 'Python (SPARQLWrapper)', 'Python (rdflib)', 'R (httr2)',
  'Gephi (GEXF)', 'NetworkX, yEd (GraphML)', 'Cleantech KG, {date}: {address}'])

const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()
const words = (text: string): number => (text.replace(/\{\w+\}/g, ' ').match(/\p{L}{2,}/gu) ?? []).length

describe('both languages', () => {
  it('finds the parts', () => expect(parts.length).toBeGreaterThanOrEqual(6))
  it.each(parts)('of %s have the same keys with the same holes', (part) => {
    const [en, sv] = [held(part, 'en'), held(part, 'sv')]
    expect(Object.keys(en).length).toBeGreaterThan(0)
    expect(Object.keys(sv).sort()).toEqual(Object.keys(en).sort())
    for (const [key, text] of Object.entries(en)) expect([key, holes(sv[key] ?? '')]).toEqual([key, holes(text)])
  })
  it.each(parts)('of %s say nothing in English twice', (part) => {
    const [en, sv] = [held(part, 'en'), held(part, 'sv')]
    const same = Object.entries(en).filter(([key, text]) => sv[key] === text && words(text) > 1 && !SAME.has(text))
    expect(same).toEqual([])
  })
  it.each(parts)('of %s have no empty sentence', (part) => {
    for (const lang of ['en', 'sv']) expect(Object.entries(held(part, lang)).filter(([, text]) => !text.trim())).toEqual([])
  })
})
