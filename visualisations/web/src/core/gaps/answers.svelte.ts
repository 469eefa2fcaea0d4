import { type ApiError, apiError } from '../api/client'
import { gaps, type Actor, type Word } from '../api/gaps'
import { reviewKey } from '../review/key.svelte'

/** What somebody says of a pair: shown at once, taken back when the server does not take it. `id` is the line that says so. */
export interface Answered { word: Word; id: string | null; saving: boolean }
export interface Both { a: Pick<Actor, 'key'>; b: Pick<Actor, 'key'>; answer: Word | null }

export const pairId = (pair: Pick<Both, 'a' | 'b'>): string => [pair.a.key, pair.b.key].sort().join(' ')

export class Answers {
  #here = $state.raw<ReadonlyMap<string, Answered | null>>(new Map())
  #errors = $state.raw<ReadonlyMap<string, ApiError>>(new Map())
  /** How many were given in this tab: whether findings may have changed. */
  given = $state(0)
  /** What somebody chose before there was a key: it is sent when there is one. */
  waiting = $state.raw<{ pair: Both; word: Word | null } | null>(null)

  /** The answer of a pair: what was said here, else what the server knows. */
  of(pair: Both): Answered | null {
    const here = this.#here.get(pairId(pair))
    if (here !== undefined) return here
    return pair.answer ? { word: pair.answer, id: null, saving: false } : null
  }

  error = (pair: Both): ApiError | null => this.#errors.get(pairId(pair)) ?? null

  /** Keep a choice until a key is there; null takes back. */
  wait(pair: Both, word: Word | null): void {
    this.waiting = { pair, word }
  }

  waits = (pair: Both): boolean => this.waiting !== null && pairId(this.waiting.pair) === pairId(pair)

  /** Send what was kept: what it was when the server took it, else undefined. */
  async send(key: string): Promise<Word | null | undefined> {
    const held = this.waiting
    this.waiting = null
    if (!held) return undefined
    return (await (held.word ? this.say(key, held.pair, held.word) : this.undo(key, held.pair))) ? held.word : undefined
  }

  async say(key: string, pair: Both, word: Word): Promise<boolean> {
    return this.#try(pair, { word, id: null, saving: true }, async () => {
      const told = await gaps.say(key, pair.a.key, pair.b.key, word)
      return { word, id: told.id, saving: false }
    })
  }

  async undo(key: string, pair: Both): Promise<boolean> {
    const held = this.of(pair)
    if (!held) return false
    return this.#try(pair, null, async () => {
      const id = held.id ?? (await this.#find(key, pair))
      if (id) await gaps.undo(key, id)
      return null
    })
  }

  /** Take back a line of the list of answers. */
  async takeBack(key: string, pair: Both, line: string): Promise<boolean> {
    return this.#try(pair, null, async () => {
      await gaps.undo(key, line)
      return null
    })
  }

  /** The line that says what an earlier visit, or somebody else, said. */
  async #find(key: string, pair: Both): Promise<string | null> {
    const said = (await gaps.said(key)).answers
    const wanted = pairId(pair)
    return said.find((one) => pairId({ a: { key: one.one_key }, b: { key: one.other_key } }) === wanted)?.id ?? null
  }

  async #try(pair: Both, shown: Answered | null, work: () => Promise<Answered | null>): Promise<boolean> {
    const id = pairId(pair)
    const before = this.of(pair)
    this.#set(id, shown)
    this.#fail(id, null)
    try {
      this.#set(id, await work())
      this.given += 1
      return true
    } catch (reason) {
      const error = apiError(reason)
      this.#set(id, before)
      this.#fail(id, error)
      if (error.status === 401 || error.status === 403) reviewKey.refuse(error)
      return false
    }
  }

  #set(id: string, answered: Answered | null): void {
    this.#here = new Map(this.#here).set(id, answered)
  }

  #fail(id: string, error: ApiError | null): void {
    const errors = new Map(this.#errors)
    if (error) errors.set(id, error)
    else errors.delete(id)
    this.#errors = errors
  }
}
