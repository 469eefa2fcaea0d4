export const SIGHTS: readonly string[]
export interface Palette { name: 'kinds' | 'scale'; theme: 'light' | 'dark'; colours: Record<string, string>; ground: Record<'paper' | 'card', string>; more: Record<string, string> }
export function lab(hex: string, sight?: string): number[]
export function distance(one: string, other: string, sight: string): number
export function nearest(palette: Record<string, string>, sight: string): { a: string; b: string; distance: number }
export function contrast(one: string, other: string): number
export function variables(css: string, theme: 'light' | 'dark'): Record<string, string>
export function palettes(): Palette[]
