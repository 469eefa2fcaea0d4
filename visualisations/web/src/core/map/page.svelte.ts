import { api, ApiError } from '../api/client'
import type { Facets, MapPayload, SearchResult } from '../api/types'
import { FACETS, mapHref, NO_FILTER, parseState, filterQuery, type Camera, type Filter, type MapState, type Order, type View } from '../filter'
import { i18n } from '../i18n/i18n.svelte'
import type { KindGroup } from '../kinds'
import { Resource } from '../resource.svelte'
import { router } from '../router.svelte'
import { vocabulary } from '../vocabulary.svelte'
import { chips, chosenGroups, toggleGroup } from './chips'
import { checked } from './known'
import { geo, type Places } from './geo/api'
import type { Extra } from './geo/extra'
import { buildGraph, rows, type Row } from './model'

interface Exposed { nodes: number; edges: number; selected: string | null; view: View; loading: boolean; camera(): Camera | null }
declare global {
  interface Window { __explorer?: Exposed }
}

/** What the page of the map knows: the state in the address, what the server answered for it, and what changes it. */
export class MapPage {
  readonly #webgl: boolean

  constructor(webgl = true) {
    this.#webgl = webgl
  }

  readonly #asked: MapState = $derived(parseState(router.search))
  readonly #checked = $derived(checked(this.#asked.filter, vocabulary.data))
  readonly state: MapState = $derived({ ...this.#asked, filter: this.#checked.filter })
  /** What is shown: the table stands in for the network where that cannot be drawn. */
  readonly view: View = $derived.by(() => (this.#webgl || this.state.view !== 'network' ? this.state.view : 'table'))
  /** Whether the values in the address can be judged: the server is not asked with unknown ones. */
  readonly ready: boolean = $derived(vocabulary.settled || FACETS.every((facet) => this.#asked.filter[facet].length === 0))
  readonly query: string = $derived(filterQuery(this.state.filter))
  readonly map = new Resource<MapPayload>()
  readonly facets = new Resource<Facets>()
  /** The selection by places, for the geography. */
  readonly places = new Resource<Places>()
  /** While the player runs the facets stay as they are: nobody reads them, and each step would count them anew. */
  playing = $state(false)

  readonly graph = $derived(this.map.value && vocabulary.settled ? buildGraph(this.map.value, i18n.lang, vocabulary.group) : null)
  readonly rows: Row[] = $derived(this.map.value ? rows(this.map.value, i18n.lang, vocabulary.group) : [])
  readonly byKey = $derived(new Map(this.rows.map((row) => [row.key, row])))
  readonly chips = $derived(chips(this.state.filter, this.facets.value))
  readonly groups = $derived(chosenGroups(this.state.filter, this.facets.value))
  readonly present = $derived(new Set<KindGroup>((this.facets.value?.kinds ?? []).filter((row) => row.count > 0).map((row) => vocabulary.group(row.value))))
  readonly selected: Row | null = $derived(this.byKey.get(this.state.sel ?? '') ?? null)
  readonly absent = $derived(Boolean(this.state.view === 'network' && this.state.sel && this.map.value && !this.map.loading && !this.selected))
  #names = $state.raw(new Map<string, string>())
  #nobody = $state<string | null>(null)
  #timer = 0

  /** What of the address was left out, in words. */
  readonly notices: string[] = $derived([
    ...this.#checked.faults.map((fault) => fault.why === 'unknown' ? i18n.t('faultUnknown', { name: fault.value })
      : fault.why === 'years' ? i18n.t('faultYears', { from: fault.from, to: fault.to }) : i18n.t('faultLong')),
    ...(this.#nobody && !this.state.sel ? [i18n.t('selUnknown', { name: this.#nobody })] : []),
  ])

  /** Each view asks for what it shows: the table fetches its rows by itself. */
  load(query: string, view: View): void {
    if (view === 'network') void this.map.load((signal) => api.map(query, signal))
    if (view === 'geography') void this.places.load((signal) => geo.places(query, signal))
    if (!this.playing) void this.facets.load((signal) => api.facets(query, signal))
  }

  retry = (): void => {
    void vocabulary.start()
    if (this.view === 'network') this.map.retry()
    if (this.view === 'geography') this.places.retry()
    this.facets.retry()
  }

  /** What the view that is shown could not get. */
  readonly error: ApiError | null = $derived(this.view === 'network' ? this.map.error : this.view === 'geography' ? this.places.error : this.facets.error)

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
      return this.state.view !== 'network' || this.byKey.has(hit.key)
    }
    return false
  }

  path = (row: Row): string => `/${vocabulary.isEffort(row.kind) ? 'effort' : 'org'}/${row.key}`

  expose(camera: () => Camera | null): () => void {
    const { state, map, facets, places, view } = this
    const own = view === 'network' ? map : view === 'geography' ? places : facets
    const { nodes, edges } = facets.value?.total ?? { nodes: 0, edges: 0 }
    window.__explorer = {
      nodes: view === 'network' ? (map.value?.nodes.key.length ?? 0) : nodes, edges: view === 'network' ? (map.value?.edges.a.length ?? 0) : edges,
      selected: state.sel, view, loading: own.loading || facets.loading || !(own.value ?? own.error), camera,
    }
    return () => delete window.__explorer
  }

  #go(state: MapState, replace = false): void {
    router.go(mapHref(state.filter, state), { replace, keepScroll: true })
  }
}
