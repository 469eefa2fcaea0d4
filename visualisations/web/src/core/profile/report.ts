import type { Entity, Evidence } from '../api/types'

export interface Told { page: string; generation: string; fact: string; value: string; evidence: readonly Evidence[]; message: string }
export interface Heads { page: string; thing: string; fact: string; sources: string; generation: string; message: string }

/** A report that whoever keeps the data can act on: what, where it stands, from which records, in which generation. */
export function reportText(entity: Entity, told: Told, heads: Heads): string {
  const records = [...new Set(told.evidence.map((one) => [one.record, one.document].filter(Boolean).join(' ')))].filter(Boolean)
  const lines = [
    `${heads.page}: ${told.page}`,
    `${heads.thing}: ${entity.name.en} (${entity.key})`,
    `IRI: ${entity.iri}`,
    ...(told.fact ? [`${heads.fact}: ${told.fact}${told.value ? ` = ${told.value}` : ''}`] : []),
    ...(records.length ? [`${heads.sources}:`, ...records.map((record) => `- ${record}`)] : []),
    `${heads.generation}: ${told.generation}`,
    '',
    `${heads.message}:`,
    told.message.trim(),
  ]
  return lines.join('\n') + '\n'
}

/** A contact is a mail address or a web page; anything else is shown as text. */
export const contactHref = (contact: string): string | null =>
  /^https?:\/\//i.test(contact) ? contact : /^[^\s@<>"]+@[^\s@<>"]+$/.test(contact) ? `mailto:${contact}` : null
