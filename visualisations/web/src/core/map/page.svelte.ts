import { api, ApiError } from '../api/client'
import { packed, type Picture, type Rest } from '../api/packed'
import type { Facets, NamedCommunity, SearchResult } from '../api/types'
import { FACETS, mapHref, NO_FILTER, parseState, filterQuery, type Camera, type Filter, type MapState, type Order, type View } from '../filter'
import { i18n } from '../i18n/i18n.svelte'
import type { KindGroup } from '../kinds'
import { Resource } from '../resource.svelte'
import { router } from '../router.svelte'
import { vocabulary } from '../vocabulary.svelte'
import { chips, chosenGroups, toggleGroup, type Chip } from './chips'
import { h } from './hand-words'
import { hiddenOf, type Held } from './held'
import { checked } from './known'
import { MapGraph } from './graph'
import { asked, lookFaults, type Colouring, type Look, type Sizing } from './look'
import { names, row, rows, type Row } from './model'

/** What the picture says of itself: the camera, and how many lines and bundles are drawn now. */
export interface Drawn { camera: Camera; drawn: number; bundles: number }
interface Exposed {
  nodes: number
  edges: number
  selected: string | null
  view: View
  loading: boolean
  colour: Colouring
  size: Sizing
  readonly drawn: number
  readonly bundles: number
  camera(): Camera | null
  hidden: string[]
  pinned: string[]
  marked: string[]
}
declare global {
  interface Window { __explorer?: Exposed }
}

/** What the page of the map knows: the state in the address, what the server answered for it, and what changes it. */
export class MapPage {
  readonly #asked: MapState = $derived(parseState(router.search))
  readonly #checked = $derived(checked(this.#asked.filter, vocabulary.data))
  readonly state: MapState = $derived({ ...this.#asked, filter: this.#checked.filter })
  /** Whether the values in the address can be judged: the server is not asked with unknown ones. */
  readonly ready: boolean = $derived(vocabulary.settled || FACETS.every((facet) => this.#asked.filter[facet].length === 0))
  readonly query: string = $derived(filterQuery(this.state.filter))
  /** How many nodes are asked for; null is all. */
  readonly top: number | null = $derived(asked(this.state.look))
  readonly map = new Resource<Picture>()
  /** The names of the many and the columns of the table: after the picture. */
  readonly rest = new Resource<Rest>()
  /** What nodes are sized by, for `of` alone. */
  readonly measured = new Resource<{ of: Picture; sizing: Sizing; values: Float32Array }>()
  readonly communities = new Resource<NamedCommunity[]>()
  readonly facets = new Resource<Facets>()

  readonly graph = $derived(this.map.value && vocabulary.settled ? new MapGraph(this.map.value, vocabulary.group) : null)
  readonly #whole: Rest | null = $derived(this.rest.value && this.rest.value.names.en.length === this.graph?.order ? this.rest.value : null)
  /** By node; at first of the best connected only. */
  readonly names: string[] = $derived(this.map.value ? names(this.#whole?.names ?? this.map.value.names, i18n.lang) : [])
  readonly titles: ReadonlyMap<number, string> = $derived(new Map((this.communities.value ?? []).map((one) => [one.number, i18n.pick(one.name)])))
  readonly measure: Float32Array | null = $derived(
    this.measured.value?.of === this.map.value && this.measured.value?.sizing === this.state.look.size ? (this.measured.value?.values ?? null) : null)
  /** Null until the names of all are here. */
  readonly rows: Row[] | null = $derived(this.graph && this.#whole ? rows(this.graph, this.names, this.#whole) : null)
  readonly chips = $derived([...chips(this.state.filter, this.facets.value), ...this.#egoChip()])
  readonly groups = $derived(chosenGroups(this.state.filter, this.facets.value))
  readonly present = $derived(new Set<KindGroup>((this.facets.value?.kinds ?? []).filter((row) => row.count > 0).map((row) => vocabulary.group(row.value))))
  readonly selected: Row | null = $derived(this.row(this.state.sel ?? ''))
  readonly absent = $derived(Boolean(this.state.sel && this.map.value && !this.map.loading && !this.selected))
  #names = $state.raw(new Map<string, string>())
  #nobody = $state<string | null>(null)
  #noEgo = $state('')
  #timer = 0

  /** What of the address was left out, in words. */
  readonly notices: string[] = $derived([
    ...this.#checked.faults.map((fault) => fault.why === 'unknown' ? i18n.t('faultUnknown', { name: fault.value })
      : fault.why === 'years' ? i18n.t('faultYears', { from: fault.from, to: fault.to }) : i18n.t('faultLong')),
    ...(this.#noEgo && !this.state.filter.ego ? [this.#noEgo] : []),
    ...lookFaults(new URLSearchParams(router.search)).map((value) => i18n.t('faultUnknown', { name: value })),
    ...(this.#nobody && !this.state.sel ? [i18n.t('selUnknown', { name: this.#nobody })] : []),
  ])

  load(query: string, top: number | null): void {
    const drawn = this.map.load((signal) => packed.picture(query, top, signal))
    void drawn.then(() => {
      if (this.map.value && !this.map.loading && query === this.query && top === this.top) void this.rest.load((signal) => packed.rest(query, top, signal))
    })
    void this.facets.load((signal) => api.facets(query, signal))
    if (!this.communities.value) void this.communities.load((signal) => api.communities(signal))
  }

  /** Fetch what the nodes are sized by, when the picture does not hold it. */
  size(picture: Picture | null, sizing: Sizing): void {
    if (!picture || this.map.loading || (sizing !== 'partners' && sizing !== 'money')) return
    const { query, top } = this
    void this.measured.load(async (signal) => ({ of: picture, sizing, values: await packed.measure(query, sizing, top, signal) }))
  }

  /** A thing of the picture, or null. */
  row(key: string): Row | null {
    const at = key && this.graph ? this.graph.indexOf(key) : -1
    return at >= 0 && this.graph ? row(this.graph, at, this.names, this.#whole) : null
  }

  look = (look: Partial<Look>): void =>
    this.#go({ ...this.state, look: { ...this.state.look, ...look }, cam: look.top === undefined ? this.state.cam : null })

  retry = (): void => {
    void vocabulary.start()
    this.map.retry()
    this.facets.retry()
  }

  get absentName(): string {
    return this.#names.get(this.state.sel ?? '') ?? ''
  }

  /** Ask what the selected key outside of the picture is called; what is no organisation or effort is not selected any more. */
  async identify(key: string): Promise<void> {
    if (this.#names.has(key)) return
    try {
      const entity = await api.entity(key)
      if (this.state.sel !== key) return
      if (entity.group !== 'organisation' && entity.group !== 'effort') return this.#forget(key)
      this.#names = new Map(this.#names).set(entity.key, i18n.pick(entity.name))
      if (entity.key !== key) this.#go({ ...this.state, sel: entity.key }, true)
    } catch (reason) {
      if (reason instanceof ApiError && reason.status === 404 && this.state.sel === key) this.#forget(key)
    }
  }

  /** An ego that the server refuses is let go of, and said. */
  leaveEgo(): boolean {
    const { filter } = this.state
    const error = this.map.error
    if (!filter.ego || !(error instanceof ApiError) || error.about.parameter !== 'ego') return false
    const near = error.about.near?.length ? ` ${h('egoNear', { near: error.about.near.join(', ') })}` : ''
    this.#noEgo = h('egoUnknown', { name: filter.ego }) + near
    this.#go({ ...this.state, filter: { ...filter, ego: null, steps: 1 } }, true)
    return true
  }

  #egoChip(): Chip[] {
    const { filter } = this.state
    if (!filter.ego) return []
    const name = this.row(filter.ego)?.name ?? this.#names.get(filter.ego) ?? filter.ego
    return [{ id: 'ego', label: h(filter.steps === 2 ? 'egoChip2' : 'egoChip1', { name }), without: { ...filter, ego: null, steps: 1 } }]
  }

  #forget(key: string): void {
    this.#nobody = key
    this.#go({ ...this.state, sel: null }, true)
  }

  /** Typing replaces the entry of the history, every other change adds one. */
  change = (filter: Filter, typing = false): void =>
    this.#go({ ...this.state, filter, cam: null }, typing && this.state.filter.q !== '')

  sort = (order: Order): void => this.#go({ ...this.state, order }, true)
  show = (view: View): void => this.#go({ ...this.state, view, cam: null })
  select = (sel: string | null): void => {
    if (sel) this.#nobody = null
    if (sel !== this.state.sel) this.#go({ ...this.state, sel }, true)
  }
  hold = (held: Held, sel: string | null = this.state.sel): void => this.#go({ ...this.state, held, sel })
  toggleGroup = (group: KindGroup): void => this.change(toggleGroup(this.state.filter, this.facets.value, group))
  showAbsent = (): void => this.#go({ ...this.state, filter: { ...NO_FILTER, mode: 'all' }, cam: null })

  moved = (cam: Camera): void => {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => {
      if (router.route.page === 'map') this.#go({ ...this.state, cam }, true)
    }, 300)
  }

  /** What was found: an organisation or effort is selected (true: it is in the picture), an area or place becomes a filter. */
  pick(hit: SearchResult): boolean {
    const { filter } = this.state
    if (hit.group === 'technology') this.change({ ...filter, tech: [...new Set([...filter.tech, hit.key.replace(/^tech\//, '')])] })
    else if (hit.group === 'place' && hit.key in vocabulary.data.counties) this.change({ ...filter, county: [...new Set([...filter.county, hit.key])] })
    else if (hit.group === 'place') router.go(hit.path)
    else {
      this.#names = new Map(this.#names).set(hit.key, i18n.pick(hit.name))
      this.select(hit.key)
      return this.graph?.hasNode(hit.key) ?? false
    }
    return false
  }

  path = (row: Row): string => `/${vocabulary.isEffort(row.kind) ? 'effort' : 'org'}/${row.key}`

  expose(now: () => Drawn | null): () => void {
    const { state, map } = this
    window.__explorer = {
      nodes: map.value?.key.length ?? 0, edges: map.value?.edges ?? 0, selected: state.sel, view: state.view,
      loading: map.loading || !(map.value ?? map.error), colour: state.look.colour, size: state.look.size,
      get drawn() { return now()?.drawn ?? 0 }, get bundles() { return now()?.bundles ?? 0 }, camera: () => now()?.camera ?? null,
      hidden: [...hiddenOf(state.held, this.graph?.keys ?? [])], pinned: state.held.pin.map((pin) => pin.key), marked: [...state.held.mark],
    }
    return () => delete window.__explorer
  }

  #go(state: MapState, replace = false): void {
    router.go(mapHref(state.filter, state), { replace, keepScroll: true })
  }
}
