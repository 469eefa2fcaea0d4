import type { Part } from '../api/profile'
import { patient } from '../gaps/patient'
import { Resource } from '../resource.svelte'

/** A part that grows by the page: rows and evidence of later pages join those of the first. */
export class Growing<P extends Part<unknown>> extends Resource<P> {
  fetching = $state(false)
  #ask: ((offset: number, signal: AbortSignal) => Promise<P>) | null = null

  begin(ask: (offset: number, signal: AbortSignal) => Promise<P>): void {
    this.#ask = ask
    void this.load((signal) => patient((going) => ask(0, going), signal))
  }

  more = async (): Promise<void> => {
    const held = this.value
    if (!held || !this.#ask || this.fetching) return
    this.fetching = true
    const next = await this.#ask(held.rows.length, new AbortController().signal).catch(() => null)
    this.fetching = false
    if (!next || this.value !== held) return
    const joined = { rows: [...held.rows, ...next.rows], evidence: { ...held.evidence, ...next.evidence }, sources: { ...held.sources, ...next.sources } }
    this.value = { ...held, ...joined }
  }
}
