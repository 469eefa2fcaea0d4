import { geoMercator, geoPath } from 'd3-geo'
import codes from 'i18n-iso-countries/codes.json'
import { countriesOf } from './atlas'

/** The world in units: a square of 4096, Mercator, so that moving and zooming are one affine step. */
export const WORLD = 4096
const projection = geoMercator().scale(WORLD / (2 * Math.PI)).translate([WORLD / 2, WORLD / 2])

export type Point = readonly [number, number]
export const unit = (lon: number, lat: number): Point => projection([lon, Math.max(-84, Math.min(84, lat))]) ?? [0, 0]
export const place = (point: Point): Point => projection.invert?.([point[0], point[1]]) ?? [0, 0]

interface Shape { id: string; path: Path2D; bounds: readonly [readonly [number, number], readonly [number, number]] }

/** The outline of each country in units, made once, with its bounds: what is out of sight is not drawn. */
export function shapes(): Shape[] {
  const path = geoPath(projection).digits(2)
  return countriesOf().map((country) => ({ id: String(country.id), path: new Path2D(path(country) ?? ''), bounds: path.bounds(country) }))
}

const NUMBERS = new Map((codes as [string, string, string, string][]).map(([two, , number]) => [two, number]))
const centres = new Map<string, Point | null>()

/** The middle of the greatest part of a country, in units: Guyana does not draw France over the sea. Null for what is no country of the atlas. */
export function centreOf(code: string): Point | null {
  const held = centres.get(code)
  if (held !== undefined) return held
  const number = NUMBERS.get(code)
  const country = number ? countriesOf().find((one) => String(one.id) === number) : undefined
  const path = geoPath(projection)
  let found: Point | null = null
  if (country) {
    const parts = country.geometry.type === 'MultiPolygon' ? country.geometry.coordinates : []
    const sizes = parts.map((coordinates) => ({ type: 'Polygon' as const, coordinates })).sort((a, b) => path.area(b) - path.area(a))
    found = path.centroid(sizes[0] ?? country.geometry)
  }
  centres.set(code, found)
  return found
}
