import { Resource } from '../../resource.svelte'
import { i18n } from '../../i18n/i18n.svelte'
import { country } from '../../format'
import { vocabulary } from '../../vocabulary.svelte'
import { geo, type Flow, type Flows, type Places, type There, type ThereAt } from './api'
import { bulk, clusters, radius, spotsOf, type Cluster, type Spot } from './cluster'
import { endsOf, type Extra, type Level } from './extra'
import { linesOf, regionsAt, usualLeast, usualLevel } from './flows'
import { centreOf, unit } from './globe'
import { g } from './words'

/** What the geography knows of a selection: its spots, clusters and flows, and what is opened beside it. */
export class Geography {
  readonly #input: () => { held: Places; query: string; extra: Extra }
  readonly flows = new Resource<Flows>()
  readonly flow = new Resource<Flow>()
  readonly list = new Resource<ThereAt>()
  readonly near = new Resource<ThereAt>()
  scale = $state(1)

  constructor(input: () => { held: Places; query: string; extra: Extra }) {
    this.#input = input
  }

  readonly held: Places = $derived.by(() => this.#input().held)
  readonly query: string = $derived.by(() => this.#input().query)
  readonly extra: Extra = $derived.by(() => this.#input().extra)
  readonly spots: Spot[] = $derived(spotsOf(this.held, unit, centreOf))
  readonly bulk = $derived(bulk(this.spots))
  /** Clusters change by steps of the zoom, never while the picture is moved. */
  readonly step: number = $derived(Math.floor(Math.log2(this.scale) * 2) / 2)
  readonly clusters = $derived(clusters(this.spots, 2 ** this.step))
  readonly most: number = $derived(Math.max(1, ...this.clusters.map((one) => one.count)))

  /** Most of the radius of a circle, in units. */
  #reach = (cluster: Cluster): number => (radius(cluster, this.most) * 0.8) / 2 ** this.step
  readonly level: Level | null = $derived(this.extra.flows === 'none' ? null : (this.extra.flows ?? usualLevel(this.held)))
  readonly least: number = $derived(this.extra.least ?? (this.flows.value ? usualLeast(this.flows.value) : 1))
  readonly lines = $derived(this.level && this.flows.value?.level === this.level ? linesOf(this.flows.value, this.least, regionsAt(this.held, this.level, this.clusters, this.#reach, centreOf)) : [])

  loadFlows(): void {
    const { level, query } = this
    if (level) void this.flows.load((signal) => geo.flows(query, level, signal))
    else this.flows.clear()
  }

  /** What stands in the panel: the joint efforts of a flow, or the things of a place. */
  loadOpened(): void {
    const { at } = this.extra
    const ends = endsOf(at)
    const level = this.level ?? 'county'
    if (ends) void this.flow.load((signal) => geo.flow(this.query, level, ends[0], ends[1], signal))
    else if (at && at !== '*') void this.list.load((signal) => geo.there(this.query, [at], 100, signal))
  }

  /** The things of the places that are wide open in the picture. */
  loadNear(keys: readonly string[]): void {
    if (keys.length) void this.near.load((signal) => geo.there(this.query, keys, 60, signal))
    else this.near.clear()
  }

  readonly nearBy: ReadonlyMap<string, There[]> = $derived.by(() => {
    const found = new Map<string, There[]>()
    for (const one of this.near.value?.things ?? []) found.set(one.at, [...(found.get(one.at) ?? []), one])
    return found
  })

  name = (spot: Spot, whole = true): string => {
    const name = spot.rough && this.held.places.level[spot.row] === 'country'
      ? country(this.held.places.country[spot.row] ?? '', i18n.lang) : (this.held.places[i18n.lang][spot.row] ?? spot.key)
    return whole && spot.rough ? g('gRough', { name }) : name
  }

  /** A region of a flow in words; a country among counties holds what is in no county. */
  region = (key: string): string => {
    if (/^[A-Z]{2}$/.test(key)) return country(key, i18n.lang)
    const spot = this.spots.find((one) => one.key === key)
    return key in vocabulary.data.counties ? vocabulary.county(key) : spot ? this.name(spot, false) : key
  }
}
