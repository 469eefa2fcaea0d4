/** Which page an address names. Keys may hold a slash (`place/se-ab`). */
export type Route =
  | { page: 'home' }
  | { page: 'map' }
  | { page: 'gaps' }
  | { page: 'about' }
  | { page: 'review' }
  | { page: 'query' }
  | { page: 'build' }
  | { page: 'profile'; key: string }
  | { page: 'missing' }

const PREFIXES = ['org', 'effort', 'tech', 'place'] as const

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export function matchRoute(path: string): Route {
  const clean = path.length > 1 ? path.replace(/\/+$/, '') : path
  if (clean === '/' || clean === '') return { page: 'home' }
  if (clean === '/map') return { page: 'map' }
  if (clean === '/gaps') return { page: 'gaps' }
  if (clean === '/about') return { page: 'about' }
  if (clean === '/review') return { page: 'review' }
  if (clean === '/query') return { page: 'query' }
  if (clean === '/query/build') return { page: 'build' }
  const [prefix, ...rest] = clean.slice(1).split('/')
  const key = decoded(rest.join('/'))
  if (key && PREFIXES.some((p) => p === prefix)) return { page: 'profile', key: profileKey(prefix as string, key) }
  return { page: 'missing' }
}

/** Technologies and places carry their prefix in the key (`place/se-ab`), whether or not the address repeats it. */
function profileKey(prefix: string, key: string): string {
  if (prefix === 'place' && !key.startsWith('place/')) return `place/${key}`
  return key
}

/** `place/se-ab` stays readable in the address: a slash, a colon and a comma need no escape in a query. */
export const readable = (query: URLSearchParams): string =>
  query.toString().replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',')
