import { flushSync } from 'svelte'
import { read, write } from './storage'

export type Theme = 'light' | 'dark'
const system = matchMedia('(prefers-color-scheme: dark)')
const paper = matchMedia('print')

/** Light or dark: what the reader chose, else what the system says; on paper light. */
class ThemeState {
  chosen = $state<Theme | null>(stored())
  system = $state<Theme>(system.matches ? 'dark' : 'light')
  printing = $state(paper.matches)
  readonly current: Theme = $derived(this.printing ? 'light' : (this.chosen ?? this.system))

  constructor() {
    system.addEventListener('change', (event) => (this.system = event.matches ? 'dark' : 'light'))
    // pictures are drawn anew before the page is taken to paper
    paper.addEventListener('change', (event) => flushSync(() => (this.printing = event.matches)))
    this.#apply()
  }

  toggle(): void {
    this.chosen = this.current === 'dark' ? 'light' : 'dark'
    write('theme', this.chosen)
    this.#apply()
  }

  #apply(): void {
    if (this.chosen) document.documentElement.dataset.theme = this.chosen
  }
}

function stored(): Theme | null {
  const value = read('theme')
  return value === 'light' || value === 'dark' ? value : null
}

export const theme = new ThemeState()
export const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches
