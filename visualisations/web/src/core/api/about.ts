import { ask } from './client'
import type { Pair } from './types'

/** The shape of `/api/v1/sources`. */
export interface Named { value: string; name: Pair; count: number }
export interface Coverage { all: number; known: { value: string; known: number }[] }
export interface Holding {
  organisations: number
  efforts: number
  relations: number
  facts: number
  documents: number
  kinds: Named[]
  ties: Named[]
  properties: Named[]
  published: string | null
  retrieved: string | null
  of_organisations: Coverage
  of_efforts: Coverage
}
export interface SourceCard {
  name: string
  title: Pair
  publisher: string
  homepage: string
  licence: string
  date: string
  started: string
  records: number
  rejected: number
  holds: Holding | null
}
export interface Sources { generation: number; built: string; base: string; sha256: string; whole: Holding; sources: SourceCard[] }

export const sources = (signal?: AbortSignal): Promise<Sources> => ask<Sources>('/sources', { signal })
export const sourcesCsv = (lang: string): string => `/api/v1/sources.csv?lang=${lang}`
