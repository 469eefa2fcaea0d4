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
import { hiddenOf, shownQuery, type Held } from './held'
import { checked } from './known'
import { geo, type Places } from './geo/api'
import type { Extra } from './geo/extra'
import { MapGraph } from './graph'
import { asked, lookFaults, type Colouring, type Look, type Sizing } from './look'
import { names, row, type Row } from './model'

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
  /** Whether the network can be drawn here, and fast enough. */
  draws = $state(true)
  readonly #asked: MapState = $derived(parseState(router.search))
  readonly #checked = $derived(checked(this.#asked.filter, vocabulary.data))
  readonly state: MapState = $derived({ ...this.#asked, filter: this.#checked.filter })
  /** What is shown: the table stands in for the network where that cannot be drawn. */
  readonly view: View = $derived.by(() => (this.draws || this.state.view !== 'network' ? this.state.view : 'table'))
  /** Whether the values in the address can be judged: the server is not asked with unknown ones. */
  readonly ready: boolean = $derived(vocabulary.settled || FACETS.every((facet) => this.#asked.filter[facet].length === 0))
  readonly query: string = $derived(filterQuery(this.state.filter))
  /** The same without what was hidden by hand, for geography and table; null where that is too much to ask for. */
  readonly #shown: string | null = $derived(shownQuery(this.query, this.state.held))
  readonly shown: string = $derived(this.#shown ?? this.query)
  /** How many nodes are asked for; null is all. */
  readonly top: number | null = $derived(asked(this.state.look))
  readonly map = new Resource<Picture>()
  /** The names of the many and the columns of the table: after the picture. */
  readonly rest = new Resource<Rest>()
  /** What nodes are sized by, for `of` alone. */
  readonly measured = new Resource<{ of: Picture; sizing: Sizing; values: Float32Array }>()
  readonly communities = new Resource<NamedCommunity[]>()
  readonly facets = new Resource<Facets>()
  /** The selection by places, for the geography. */
  readonly places = new Resource<Places>()
  /** While the player runs the facets stay as they are: nobody reads them, and each step would count them anew. */
  playing = $state(false)

  readonly graph = $derived(this.map.value && vocabulary.settled ? new MapGraph(this.map.value, vocabulary.group) : null)
  readonly #whole: Rest | null = $derived(this.rest.value && this.rest.value.names.en.length === this.graph?.order ? this.rest.value : null)
  /** By node; at first of the best connected only. */
  readonly names: string[] = $derived(this.map.value ? names(this.#whole?.names ?? this.map.value.names, i18n.lang) : [])
  readonly titles: ReadonlyMap<number, string> = $derived(new Map((this.communities.value ?? []).map((one) => [one.number, i18n.pick(one.name)])))
  readonly measure: Float32Array | null = $derived(
    this.measured.value?.of === this.map.value && this.measured.value?.sizing === this.state.look.size ? (this.measured.value?.values ?? null) : null)
  readonly chips = $derived([...chips(this.state.filter, this.facets.value), ...this.#egoChip()])
  readonly groups = $derived(chosenGroups(this.state.filter, this.facets.value))
  readonly present = $derived(new Set<KindGroup>((this.facets.value?.kinds ?? []).filter((row) => row.count > 0).map((row) => vocabulary.group(row.value))))
  readonly selected: Row | null = $derived(this.row(this.state.sel ?? ''))
  readonly absent = $derived(Boolean(this.state.view === 'network' && this.state.sel && this.map.value && !this.map.loading && !this.selected))
  #names = $state.raw(new Map<string, string>())
  #nobody = $state<string | null>(null)
  #noEgo = $state('')
  #timer = 0

  /** What of the address was left out, in words. */
  readonly notices: string[] = $derived([
    ...this.#checked.faults.map((fault) => fault.why === 'unknown' ? i18n.t('faultUnknown', { name: fault.value })
      : fault.why === 'years' ? i18n.t('faultYears', { from: fault.from, to: fault.to }) : i18n.t('faultLong')),
    ...(this.#noEgo && !this.state.filter.ego ? [this.#noEgo] : []),
    ...(this.#shown === null && this.view !== 'network' ? [h('hiddenShown')] : []),
    ...lookFaults(new URLSearchParams(router.search)).map((value) => i18n.t('faultUnknown', { name: value })),
    ...(this.#nobody && !this.state.sel ? [i18n.t('selUnknown', { name: this.#nobody })] : []),
  ])

  /** Each view asks for what it shows: the table fetches its rows by itself. */
  load(query: string, view: View, top: number | null): void {
    if (view === 'network') this.#network(query, top)
    if (!this.playing) void this.facets.load((signal) => api.facets(query, signal))
  }

  locate(query: string): void {
    void this.places.load((signal) => geo.places(query, signal))
  }

  #network(query: string, top: number | null): void {
    const drawn = this.map.load((signal) => packed.picture(query, top, signal))
    void drawn.then(() => {
      if (this.map.value && !this.map.loading && query === this.query && top === this.top) void this.rest.load((signal) => packed.rest(query, top, signal))
    })
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
    if (this.state.view === 'network') this.map.retry()
    if (this.view === 'geography') this.places.retry()
    this.facets.retry()
  }

  /** What the view that is shown could not get. */
  readonly error: ApiError | null = $derived(this.state.view === 'network' ? this.map.error : this.view === 'geography' ? this.places.error : this.facets.error)

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
    const error = [this.facets.error, this.map.error, this.places.error].find((one) => one?.about.parameter === 'ego')
    if (!filter.ego || !error) return false
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
    this.#go({ ...this.state, filter, cam: this.state.view === 'geography' ? this.state.cam : null }, typing && this.state.filter.q !== '')

  /** A step of the player: the camera stays, and no step is an entry of the history. */
  step = (from: number | null, to: number | null): void => this.#go({ ...this.state, filter: { ...this.state.filter, from, to } }, true)
  arrange = (change: Partial<Extra>, replace = false): void =>
    this.#go({ ...this.state, sel: 'at' in change ? null : this.state.sel, extra: { ...this.state.extra, ...change } }, replace)

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
      return this.state.view !== 'network' || (this.graph?.hasNode(hit.key) ?? false)
    }
    return false
  }

  path = (row: Row): string => `/${vocabulary.isEffort(row.kind) ? 'effort' : 'org'}/${row.key}`

  expose(now: () => Drawn | null): () => void {
    const { state, map, facets, places, view } = this
    const own = state.view === 'network' ? map : view === 'geography' ? places : facets
    const total = facets.value?.total
    const picture = state.view === 'network'
    window.__explorer = {
      nodes: (picture ? map.value?.key.length : total?.nodes) ?? 0, edges: (picture ? map.value?.edges : total?.edges) ?? 0, selected: state.sel, view,
      loading: own.loading || facets.loading || !(own.value ?? own.error), colour: state.look.colour, size: state.look.size,
      get drawn() { return now()?.drawn ?? 0 }, get bundles() { return now()?.bundles ?? 0 }, camera: () => now()?.camera ?? null,
      hidden: [...hiddenOf(state.held, this.graph?.keys ?? [])], pinned: state.held.pin.map((pin) => pin.key), marked: [...state.held.mark],
    }
    return () => delete window.__explorer
  }

  #go(state: MapState, replace = false): void {
    router.go(mapHref(state.filter, state), { replace, keepScroll: true })
  }
}
