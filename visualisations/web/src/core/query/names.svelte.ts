import { queries, type Schema } from '../api/query'
import type { Group, Pair, Ref } from '../api/types'
import { capital } from '../format'
import { i18n } from '../i18n/i18n.svelte'
import { labelsOf, isWeb, keyOf, prefixed, type Term } from './terms'

const BATCH = 50

export interface Called { text: string; path: string | null; outside: boolean }

/** The schema, and what things are called: names are fetched for the addresses that are shown, each once. */
class Names {
  schema = $state.raw<Schema | null>(null)
  failed = $state(false)
  /** Grows when names have come. */
  #known = $state.raw(new Map<string, Ref | null>())
  #labels = new Map<string, Pair>()
  readonly #wanted = new Set<string>()
  #timer = 0

  async start(): Promise<void> {
    if (this.schema) return
    try {
      const schema = await queries.schema()
      this.#labels = labelsOf(schema)
      this.schema = schema
      this.failed = false
    } catch {
      this.failed = true
    }
  }

  /** What an address is called, its page if it has one, and whether that lies outside this map. */
  called(iri: string): Called {
    const schema = this.schema
    if (!schema) return { text: iri, path: null, outside: isWeb(iri) }
    const key = keyOf(iri, schema)
    const found = key === null ? null : this.#known.get(key)
    if (found) return { text: i18n.pick(found.name), path: found.path, outside: false }
    const label = this.#labels.get(iri)
    if (label) return { text: capital(i18n.pick(label)), path: null, outside: false }
    const short = prefixed(iri, schema.prefixes)
    if (key !== null) return { text: short ?? key, path: null, outside: false }
    return { text: short ?? iri, path: null, outside: isWeb(iri) && !short }
  }

  /** What a term is in words. */
  text = (term: Term): string => (term.type === 'uri' ? this.called(term.value).text : term.type === 'bnode' ? `_:${term.value}` : term.value)

  /** Ask for the names of what is shown; they come a moment later. */
  want(terms: Iterable<Term | undefined>): void {
    const schema = this.schema
    if (!schema) return
    for (const term of terms) {
      const key = term?.type === 'uri' ? keyOf(term.value, schema) : null
      if (key !== null && !this.#known.has(key)) this.#wanted.add(key)
    }
    if (this.#wanted.size && !this.#timer) this.#timer = window.setTimeout(() => void this.#fetch(), 20)
  }

  wantKeys(keys: Iterable<string>): void {
    for (const key of keys) if (!this.#known.has(key)) this.#wanted.add(key)
    if (this.#wanted.size && !this.#timer) this.#timer = window.setTimeout(() => void this.#fetch(), 20)
  }

  /** The name of a key, or the key as long as no name has come. */
  ofKey = (key: string): string => {
    const found = this.#known.get(key)
    return found ? i18n.pick(found.name) : key
  }
  /** Whether the server said that nothing has the key. */
  unknown = (key: string): boolean => this.#known.get(key) === null
  kindOf(iri: string): string | null {
    const key = this.schema ? keyOf(iri, this.schema) : null
    return key === null ? null : (this.#known.get(key)?.kind ?? null)
  }
  /** The group of a thing; null as long as its name has not come. */
  groupOf(iri: string): Group | null {
    const key = this.schema ? keyOf(iri, this.schema) : null
    return key === null ? null : (this.#known.get(key)?.group ?? null)
  }
  /** Whether a term is a thing of this map. */
  isThing = (term: Term): boolean => term.type === 'uri' && this.schema !== null && keyOf(term.value, this.schema) !== null
  learn(ref: Ref): void {
    this.#known = new Map(this.#known).set(ref.key, ref)
  }

  async #fetch(): Promise<void> {
    while (this.#wanted.size) {
      const keys = [...this.#wanted].slice(0, BATCH)
      for (const key of keys) this.#wanted.delete(key)
      try {
        const found = await queries.names(keys)
        const known = new Map(this.#known)
        for (const key of keys) known.set(key, found[key] ?? null)
        this.#known = known
      } catch {
        break  // what has no name is shown by its key; the next rows ask again
      }
    }
    this.#wanted.clear()
    this.#timer = 0
  }
}

export const names = new Names()
