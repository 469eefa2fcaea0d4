import { ApiError } from './client'
import type { Pair, Ref } from './types'

/** The shapes of `/api/v1/schema`, `/questions`, `/names` and `/sparql`; what they mean stands in the OpenAPI document. */
export interface ClassTerm extends Pair { name: string; iri: string; definition: string; parents: string[] }
export interface PropertyTerm extends Pair {
  name: string
  iri: string
  definition: string
  domain: string[]
  range: string[]
  object: boolean
  shortcut: boolean
}
export interface Concept extends Pair { slug: string; iri: string }
export interface Schema {
  base: string
  prefixes: Record<string, string>
  classes: ClassTerm[]
  properties: PropertyTerm[]
  concepts: Record<string, Concept[]>
}
export type ParameterKind = 'thing' | 'technology' | 'county' | 'type' | 'date' | 'moment' | 'number' | 'text'
export interface Parameter { name: string; kind: ParameterKind; label: Pair; default: string[]; many: boolean }
export type Audience = 'analyst' | 'researcher' | 'cluster' | 'tool' | 'steward'
export interface Question { id: string; audience: Audience; title: Pair; sparql: string; parameters: Parameter[] }

/** Why a query has no answer: line and column count from 1, the column in characters. */
export class QueryProblem extends ApiError {
  constructor(
    status: number, message: string, readonly title: string, readonly line: number | null, readonly column: number | null,
    readonly excerpt: string | null, readonly retryAfter: number | null,
  ) {
    super(status, message)
    this.name = 'QueryProblem'
  }
}

export interface Answer { type: string; text: string; seconds: number }

const RESULTS = 'application/sparql-results+json, application/n-triples;q=0.9'

async function sent(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch (reason) {
    if (reason instanceof DOMException && reason.name === 'AbortError') throw reason
    throw new QueryProblem(0, String(reason), '', null, null, null, null)
  }
  if (response.ok) return response
  const said = (await response.json().catch(() => null)) as { title?: string; detail?: string; line?: number; column?: number; excerpt?: string } | null
  const wait = Number(response.headers.get('retry-after'))
  throw new QueryProblem(
    response.status, said?.detail ?? said?.title ?? response.statusText, said?.title ?? '', said?.line ?? null, said?.column ?? null,
    said?.excerpt ?? null, wait > 0 ? wait : null)
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await sent(`/api/v1${path}`, { headers: { accept: 'application/json' }, signal })).json()) as T
}

export const queries = {
  schema: (signal?: AbortSignal) => get<Schema>('/schema', signal),
  questions: async (signal?: AbortSignal) => (await get<{ questions: Question[] }>('/questions', signal)).questions,
  names: async (keys: readonly string[], signal?: AbortSignal) =>
    (await get<{ names: Record<string, Ref> }>(`/names?${new URLSearchParams(keys.map((key) => ['key', key]))}`, signal)).names,
  /** When the signal aborts, the connection closes and the server stops the query. */
  ask: async (query: string, signal?: AbortSignal, accept = RESULTS): Promise<Answer> => {
    const began = performance.now()
    const headers = { accept, 'content-type': 'application/sparql-query' }
    const response = await sent('/sparql', { method: 'POST', body: query, headers, signal, credentials: 'omit' })
    const text = await response.text()
    return { type: (response.headers.get('content-type') ?? '').split(';')[0] ?? '', text, seconds: (performance.now() - began) / 1000 }
  },
}
