import { embedded, isEmbeddable, isEmbedded, matchRoute, type Route } from './route'

interface Entry { id: number }
const scrolls = new Map<number, number>()
let nextId = Date.now()

/** The address as reactive state: History API, scroll kept by history entry, links taken over at the document. */
class Router {
  path = $state(location.pathname)
  search = $state(location.search)
  /** Grows with each change of page, so that the view can move focus to its heading. */
  turns = $state(0)
  readonly route: Route = $derived(matchRoute(this.path))
  /** In a frame of another site: pages that can be there stay in it, others open beside it. */
  readonly embedded: boolean = $derived(isEmbedded(this.path))

  start(): void {
    history.scrollRestoration = 'manual'
    if (!entry()) history.replaceState({ id: nextId++ } satisfies Entry, '')
    addEventListener('popstate', () => this.#arrive(true))
    addEventListener('scroll', () => remember(), { passive: true })
    document.addEventListener('click', (event) => this.#follow(event))
  }

  go(href: string, options: { replace?: boolean; keepScroll?: boolean } = {}): void {
    const url = new URL(href, location.href)
    if (this.embedded && isEmbeddable(matchRoute(url.pathname))) url.pathname = embedded(url.pathname)
    if (url.href === location.href) return
    remember()
    if (options.replace) history.replaceState(history.state, '', url)
    else history.pushState({ id: nextId++ } satisfies Entry, '', url)
    this.#arrive(false, options.keepScroll ?? options.replace ?? false)
  }

  #arrive(restore: boolean, keepScroll = false): void {
    const turned = this.path !== location.pathname
    this.path = location.pathname
    this.search = location.search
    if (turned) this.turns += 1
    if (restore) restoreScroll(scrolls.get(entry()?.id ?? 0) ?? 0)
    else if (!keepScroll) scrollTo(0, 0)
  }

  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    if (!link) return
    const href = link.getAttribute('href') ?? ''
    const external = link.hasAttribute('download') || link.hasAttribute('target') || link.getAttribute('rel')?.includes('external')
    const url = new URL(href, location.href)
    if (external || href.startsWith('#') || url.origin !== location.origin || matchRoute(url.pathname).page === 'missing') return
    event.preventDefault()
    if (this.embedded && !isEmbeddable(matchRoute(url.pathname))) open(url, '_blank', 'noopener')
    else this.go(href)
  }
}

const entry = (): Entry | null => history.state as Entry | null

function remember(): void {
  const now = entry()
  if (now) scrolls.set(now.id, scrollY)
}

/** The page may still be loading: try for a second, until it is tall enough. */
function restoreScroll(top: number): void {
  const until = performance.now() + 1000
  const attempt = (): void => {
    scrollTo(0, top)
    if (Math.abs(scrollY - top) > 2 && performance.now() < until) requestAnimationFrame(attempt)
  }
  requestAnimationFrame(attempt)
}

export const router = new Router()
