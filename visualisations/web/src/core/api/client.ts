import type { Entity, Facets, MapPayload, NamedCommunity, Neighbourhood, Relation, SearchResult, Stats, Vocabulary } from './types'

/** What the server said when it could not answer: `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  /** `parameter`, `value` and `near`: what a refused address names, and the values that come near. */
  constructor(readonly status: number, message: string, readonly about: { parameter?: string; value?: string; near?: string[]; sorts?: (string | null)[] } = {}) {
    super(message)
    this.name = 'ApiError'
  }
}

/** What was thrown as what the pages show; what the server did not say has status 0. */
export const apiError = (reason: unknown): ApiError => (reason instanceof ApiError ? reason : new ApiError(0, String(reason)))

const BASE = '/api/v1'

/** Keys such as `place/se-ab` keep their slash in the path; everything else is escaped. */
export const keyPath = (key: string): string => key.split('/').map(encodeURIComponent).join('/')

export interface Asking { key?: string | null; signal?: AbortSignal; body?: unknown; post?: boolean; remove?: boolean }

/** Ask `/api/v1`; ApiError when it does not answer well. A key goes into the header and nowhere else. */
export async function ask<T>(path: string, { key, signal, body, post = false, remove = false }: Asking = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (key) headers.authorization = `Bearer ${key}`
  if (body !== undefined) headers['content-type'] = 'application/json'
  const init: RequestInit = { headers, signal, credentials: key ? 'omit' : 'same-origin', method: remove ? 'DELETE' : post ? 'POST' : 'GET' }
  if (body !== undefined) init.body = JSON.stringify(body)
  let response: Response
  try {
    response = await fetch(BASE + path, init)
  } catch (reason) {
    if (reason instanceof DOMException && reason.name === 'AbortError') throw reason
    throw new ApiError(0, String(reason))
  }
  if (!response.ok) {
    const problem = (await response.json().catch(() => null)) as { title?: string; detail?: string; parameter?: string; value?: string; near?: string[]; sorts?: (string | null)[] } | null
    throw new ApiError(response.status, problem?.detail ?? problem?.title ?? response.statusText, problem ?? {})
  }
  return (await response.json()) as T
}

const get = <T>(path: string, signal?: AbortSignal): Promise<T> => ask<T>(path, { signal })
export const withQuery = (path: string, query: string): string => (query ? `${path}?${query}` : path)

/** A party that no source names comes with an empty key: here it is no party at all. */
export const named = (rows: Relation[]): Relation[] => rows.map((row) => (row.other?.key ? row : { ...row, other: null }))

const known = (entity: Entity): Entity =>
  ({ ...entity, relations: named(entity.relations), money: { in: named(entity.money.in), out: named(entity.money.out) } })

export const api = {
  stats: (signal?: AbortSignal) => get<Stats>('/stats', signal),
  vocabulary: () => get<Vocabulary>('/vocabulary'),
  search: (text: string, lang: string, limit: number, signal?: AbortSignal) =>
    get<{ query: string; results: SearchResult[] }>(
      `/search?${new URLSearchParams({ q: text, lang, limit: String(limit) })}`, signal),
  facets: (query: string, signal?: AbortSignal) => get<Facets>(withQuery('/facets', query), signal),
  map: (query: string, signal?: AbortSignal) => get<MapPayload>(withQuery('/map', query), signal),
  communities: async (signal?: AbortSignal) => (await get<{ communities: NamedCommunity[] }>('/map/communities', signal)).communities,
  entity: async (key: string, signal?: AbortSignal) => known(await get<Entity>(`/entity/${keyPath(key)}`, signal)),
  neighbourhood: (key: string, limit: number, signal?: AbortSignal) =>
    get<Neighbourhood>(`/neighbourhood/${keyPath(key)}?depth=1&limit=${limit}`, signal),
}

export const isAbort = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'AbortError'

/** Where the same selection is a CSV file. */
export const csvHref = (query: string, lang: string): string =>
  `${BASE}/map.csv?${query ? `${query}&` : ''}lang=${lang}`
export const dataHref = (key: string, suffix: 'ttl' | 'jsonld'): string => `/id/${keyPath(key)}.${suffix}`
