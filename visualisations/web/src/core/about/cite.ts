import type { Sources } from '../api/about'

/** Letters that BibTeX reads as commands are written out. */
const plain = (text: string): string => text.replace(/[\\{}]/g, '').replace(/[&%$#_]/g, (letter) => `\\${letter}`)

/** The entry of this generation; `address` is where this page was read, `read` the day (YYYY-MM-DD). */
export function bibtex(told: Pick<Sources, 'generation' | 'built' | 'sha256'>, address: string, read: string): string {
  const [year = ''] = told.built.split('-')
  return [
    `@misc{cleantech-kg-${told.generation},`,
    '  title        = {{Cleantech KG}: an open knowledge graph of a cleantech ecosystem},',
    `  year         = {${year}},`,
    `  version      = {generation ${told.generation}},`,
    `  howpublished = {\\url{${address.replace(/[\\{}\s]/g, '')}}},`,
    `  note         = {${plain(`Built ${told.built.slice(0, 10)}; read ${read}; SHA-256 ${told.sha256.slice(0, 16)}; CC BY 4.0`)}}`,
    '}',
  ].join('\n')
}
