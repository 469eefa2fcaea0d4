import type { Proof } from '../api/gaps'

/** The records behind a statement, each thing once with all that says so. */
export function byThing(proofs: readonly Proof[]): Proof[] {
  const found = new Map<string, Proof>()
  for (const proof of proofs) {
    const held = found.get(proof.thing.key)
    found.set(proof.thing.key, held ? { ...held, evidence: [...new Set([...held.evidence, ...proof.evidence])] } : proof)
  }
  return [...found.values()]
}
