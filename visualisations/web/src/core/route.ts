/** Which page an address names. Keys may hold a slash (`place/se-ab`). */
export type Route =
  | { page: 'home' }
  | { page: 'map' }
  | { page: 'gaps' }
  | { page: 'about' }
  | { page: 'review' }
  | { page: 'query' }
  | { page: 'build' }
  | { page: 'path' }
  | { page: 'flows' }
  | { page: 'compare' }
  | { page: 'time' }
  | { page: 'data' }
  | { page: 'method' }
  | { page: 'profile'; key: string; funder?: true }
  | { page: 'missing' }

type Simple = Exclude<Route['page'], 'profile' | 'missing'>

const PAGES: Record<string, Simple> = {
  '/': 'home', '/map': 'map', '/gaps': 'gaps', '/path': 'path', '/flows': 'flows', '/compare': 'compare', '/time': 'time',
  '/query': 'query', '/query/build': 'build', '/review': 'review', '/about': 'about', '/about/data': 'data', '/about/method': 'method',
}

const PREFIXES = ['org', 'effort', 'tech', 'place', 'project', 'region', 'funder'] as const

/** Below this path the map and the profiles are shown in frames of other sites. */
const EMBED = '/embed'
export const isEmbedded = (path: string): boolean => path.startsWith(`${EMBED}/`)
/** The address of the same page for itself. */
export const unembedded = (path: string): string => (isEmbedded(path) ? path.slice(EMBED.length) : path)
export const embedded = (path: string): string => (isEmbedded(path) ? path : EMBED + path)
/** Whether the page may be shown in a frame. */
export const isEmbeddable = (route: Route): boolean => route.page === 'map' || route.page === 'profile'

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export function matchRoute(path: string): Route {
  if (!isEmbedded(path)) return pageOf(path)
  const route = pageOf(unembedded(path))
  return isEmbeddable(route) ? route : { page: 'missing' }
}

function pageOf(path: string): Route {
  const clean = path.replace(/\/+$/, '') || '/'
  const page = PAGES[clean]
  if (page) return { page }
  const [prefix, ...rest] = clean.slice(1).split('/')
  const key = decoded(rest.join('/'))
  if (key && PREFIXES.some((p) => p === prefix)) return { page: 'profile', key: profileKey(prefix as string, key), ...(prefix === 'funder' && { funder: true as const }) }
  return { page: 'missing' }
}

/** Technologies and places carry their prefix in the key (`place/se-ab`), whether or not the address repeats it. */
function profileKey(prefix: string, key: string): string {
  if ((prefix === 'place' || prefix === 'region') && !key.startsWith('place/')) return `place/${key}`
  return key
}

/** `place/se-ab` stays readable in the address: a slash, a colon and a comma need no escape in a query. */
export const readable = (query: URLSearchParams): string =>
  query.toString().replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',')
