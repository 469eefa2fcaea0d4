import type { Entity, Relation } from '../api/types'

/** A cell that a spreadsheet would run as a formula begins with an apostrophe (also after white space). */
export function cell(value: string | number | null | undefined): string {
  const text = String(value ?? '')
  const plain = /^\s*[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

export interface Labels {
  heads: readonly string[]
  tie: (relation: Relation) => string
  role: (slug: string) => string
  name: (other: NonNullable<Relation['other']>) => string
  kind: (name: string) => string
}

/** The relations of a profile, one line each, with the pages they rest on (RFC 4180). */
export function relationsCsv(entity: Entity, labels: Labels): string {
  const lines = entity.relations.map((relation) => [
    labels.tie(relation), relation.role ? labels.role(relation.role) : '', relation.other ? labels.name(relation.other) : '',
    relation.other ? labels.kind(relation.other.kind) : '', relation.start, relation.end, relation.amount, relation.currency, relation.note,
    relation.evidence.map((id) => entity.evidence[String(id)]?.document ?? '').filter(Boolean).join(' '),
  ])
  return [labels.heads, ...lines].map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n'
}
