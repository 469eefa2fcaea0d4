import { geoConicConformal, geoEqualEarth, geoPath, type GeoProjection } from 'd3-geo'
import { bordersOf, landOf } from '../map/geo/atlas'

const land = landOf()
const borders = bordersOf()

export interface Drawn { land: string; borders: string; at: (long: number, lat: number) => [number, number] | null }

/** Paths of land and borders, and where a point is, so that all points fit in the picture with a margin. */
export function drawn(points: readonly (readonly [number, number])[], width: number, height: number): Drawn {
  const longs = points.map(([long]) => long)
  const lats = points.map(([, lat]) => lat)
  const [west, east, south, north] = [Math.min(...longs), Math.max(...longs), Math.min(...lats), Math.max(...lats)]
  const wide = east - west > 100 || north - south > 70 || south * north < 0
  const middle = Math.min(65, Math.max(-65, (south + north) / 2))
  const projection: GeoProjection = wide ? geoEqualEarth() : geoConicConformal().parallels([middle - 4, middle + 4]).rotate([-(west + east) / 2, 0])
  // one town alone is not shown as if it filled the land
  const room = wide ? 0 : Math.max(0, 3 - Math.max(east - west, north - south) / 2)
  const corners = [[west - room, south - room], [west - room, north + room], [east + room, south - room], [east + room, north + room]]
  const margin = Math.min(60, width * 0.09)
  projection.fitExtent([[margin, margin], [width - margin, height - margin]], { type: 'MultiPoint', coordinates: corners })
  projection.clipExtent([[-2, -2], [width + 2, height + 2]])
  const path = geoPath(projection).digits(1)
  return { land: path(land) ?? '', borders: path(borders) ?? '', at: (long, lat) => projection([long, lat]) }
}
