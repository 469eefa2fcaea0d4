import { api } from './api/client'
import type { Pair, Vocabulary } from './api/types'
import { capital } from './format'
import { i18n } from './i18n/i18n.svelte'
import { kindGroup, type KindGroup } from './kinds'

const NOTHING: Vocabulary = { kinds: {}, roles: {}, ties: {}, technologies: {}, counties: {}, properties: {} }

/** Every label of the ontology, from the server, fetched once. An unknown name is shown as words, never as an IRI. */
class VocabularyState {
  data = $state.raw<Vocabulary>(NOTHING)
  /** True once the labels are here, or cannot be had: what is drawn once waits for it. */
  settled = $state(false)

  async start(): Promise<void> {
    try {
      this.data = await api.vocabulary()
    } catch {
      // pages show their own error; labels fall back to words made from the names
    }
    this.settled = true
  }

  kind = (name: string): string => this.#label(this.data.kinds[name], name)
  role = (name: string): string => this.#label(this.data.roles[name], name)
  tie = (name: string): string => this.#label(this.data.ties[name], name)
  technology = (name: string): string => this.#label(this.data.technologies[name], name)
  county = (name: string): string => this.#label(this.data.counties[name], name)
  property = (name: string, pair?: Pair | null): string => this.#label(pair ?? this.data.properties[name], name)
  isEffort = (kind: string): boolean => this.data.kinds[kind]?.group === 'effort'
  group = (kind: string): KindGroup => kindGroup(kind, this.data.kinds[kind]?.group)

  #label(pair: Pair | undefined | null, name: string): string {
    return capital(pair ? i18n.pick(pair) : words(name))
  }
}

/** `InvestmentOrganization` -> `investment organization`, `place/se-ab` -> `se ab`, an IRI -> its tail. */
export const words = (name: string): string =>
  (name.split(/[/#]/).pop() ?? name).replace(/([a-zåäö])([A-ZÅÄÖ])/g, '$1 $2').replace(/[-_]/g, ' ').toLowerCase()

export const vocabulary = new VocabularyState()
