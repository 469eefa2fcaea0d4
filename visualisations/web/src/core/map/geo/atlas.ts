import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import world from 'world-atlas/countries-50m.json'

/** Outlines of countries from Natural Earth, bundled: this chunk comes when a map is drawn, and no other host is asked. */
const atlas = world as unknown as Topology<{ countries: GeometryCollection; land: GeometryCollection }>

export const landOf = () => feature(atlas, atlas.objects.land)
export const bordersOf = () => mesh(atlas, atlas.objects.countries, (a, b) => a !== b)
/** One feature a country; its `id` is the number of ISO 3166-1, three digits. */
export const countriesOf = () => feature(atlas, atlas.objects.countries).features
