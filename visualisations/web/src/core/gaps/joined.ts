import type { Finding } from '../api/gaps'

/** Two pages of a finding as one; of two maps, the newer page alone would lie about the older: then the first stays. */
export function joined<Row>(held: Finding<Row>, page: Finding<Row>): Finding<Row> {
  if (held.generation !== page.generation) return { ...held, next: null }
  return {
    ...held, rows: [...held.rows, ...page.rows], next: page.next,
    evidence: { ...held.evidence, ...page.evidence }, sources: { ...held.sources, ...page.sources },
  }
}
