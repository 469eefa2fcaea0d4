import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { sparql } from 'codemirror-lang-sparql'
import type { Schema } from '../api/query'
import type { SearchResult } from '../api/types'
import type { Lang } from '../format'
import { missingPrefix, offersAt, type Offer } from './offer'
import { declared } from './parameters'
import { offsetOf } from './problem'
import { iriOf, prefixed } from './terms'

export interface EditorWords { label: string; placeholder: string; phrases: Record<string, string> }
export interface EditorOptions {
  /** A shadow root: there the styles of the editor are sheets of their own, which the policy of the page allows. */
  root: ShadowRoot
  doc: string
  words: EditorWords
  lang: Lang
  schema: () => Schema | null
  search: (text: string, signal: AbortSignal) => Promise<SearchResult[]>
  about: (hit: SearchResult) => string
  onchange: (text: string) => void
  onrun: () => void
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--q-keyword)', fontWeight: '600' },
  { tag: tags.variableName, color: 'var(--q-variable)' },
  { tag: [tags.string, tags.annotation], color: 'var(--q-string)' },
  { tag: [tags.integer, tags.float, tags.bool], color: 'var(--q-number)' },
  { tag: [tags.url, tags.namespace, tags.typeName], color: 'var(--q-name)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
])

const looks = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--card)', fontSize: '14px', borderRadius: '9px' },
  '&.cm-focused': { outline: '2.5px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "Cascadia Mono", "Liberation Mono", Menlo, Consolas, monospace', lineHeight: '1.55', maxHeight: '62vh' },
  '.cm-content, .cm-gutter': { minHeight: '11rem' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--soft)', color: 'var(--muted)', border: 'none', borderRadius: '9px 0 0 9px' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'color-mix(in srgb, var(--accent) 28%, transparent)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'color-mix(in srgb, var(--accent) 25%, transparent)' },
  '.cm-placeholder': { color: 'var(--muted)' },
  '.cm-tooltip': { backgroundColor: 'var(--card)', color: 'var(--ink)', border: '1px solid var(--line-strong)', borderRadius: '8px', boxShadow: 'var(--shadow)', maxWidth: 'min(34rem, 92vw)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font)', fontSize: '14px', maxHeight: '17rem', maxWidth: 'min(34rem, 92vw)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 10px', display: 'flex', gap: '0.8rem', alignItems: 'baseline' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--accent-ink)' },
  '.cm-completionDetail': { fontStyle: 'normal', marginLeft: 'auto', opacity: '0.85', overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionInfo': { fontFamily: 'var(--font)', fontSize: '13px', padding: '6px 10px', maxWidth: '22rem' },
  // where there is no room beside the list, the definition would cover it
  '.cm-completionInfo.cm-completionInfo-left-narrow, .cm-completionInfo.cm-completionInfo-right-narrow': { display: 'none' },
  '.cm-diagnostic': { fontFamily: 'var(--font)', borderLeft: '4px solid var(--warn)', padding: '5px 10px', overflowWrap: 'anywhere' },
  '.cm-errorline': { backgroundColor: 'color-mix(in srgb, var(--warn) 14%, transparent)' },
})

/** The editor of queries: highlighting, completion from the schema and the search, and errors at their place. */
export class QueryEditor {
  readonly view: EditorView
  readonly #words = new Compartment()
  readonly #options: EditorOptions
  #lang: Lang
  #quiet = false

  constructor(options: EditorOptions) {
    this.#options = options
    this.#lang = options.lang
    this.view = new EditorView({
      root: options.root,
      parent: options.root,
      state: EditorState.create({ doc: options.doc, extensions: this.#extensions() }),
    })
  }

  get text(): string {
    return this.view.state.doc.toString()
  }

  /** Take another text; the undo of the keyboard brings the one before back. */
  replace(text: string): void {
    if (text === this.text) return
    this.#quiet = true
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, selection: { anchor: 0 } })
    this.#quiet = false
    this.mark(null)
  }

  /** Show what is wrong at its line and column, or nothing. */
  mark(fault: { line: number; column: number; message: string } | null): void {
    if (!fault) return this.view.dispatch(setDiagnostics(this.view.state, []))
    const { from, to } = this.#span(fault.line, fault.column)
    this.view.dispatch(setDiagnostics(this.view.state, [{ from, to, severity: 'error', message: fault.message }]))
  }

  /** The cursor and the focus at a place. */
  goTo(line: number, column: number): void {
    const { from } = this.#span(line, column)
    this.view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
    this.view.focus()
  }

  speak(words: EditorWords, lang: Lang): void {
    this.#lang = lang
    this.view.dispatch({ effects: this.#words.reconfigure(spoken(words)) })
  }

  destroy(): void {
    this.view.destroy()
  }

  /** At least one letter, so that there is something to see. */
  #span(line: number, column: number): { from: number; to: number } {
    const text = this.text
    const at = offsetOf(text, line, column)
    const length = /^[\p{L}\p{N}_:?$-]+/u.exec(text.slice(at))?.[0].length ?? 1
    const to = Math.min(text.length, at + length)
    return { from: to === at ? Math.max(0, at - 1) : at, to }
  }

  #extensions(): Extension[] {
    const { onchange, onrun, words } = this.#options
    return [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => { onrun(); return true } }])),
      lineNumbers(), highlightSpecialChars(), history(), drawSelection(), indentOnInput(), indentUnit.of('  '), bracketMatching(), closeBrackets(),
      highlightActiveLine(), lintGutter(), EditorView.lineWrapping, sparql(), syntaxHighlighting(colours), looks,
      autocompletion({ override: [(context) => this.#complete(context)], icons: false, maxRenderedOptions: 60, activateOnTypingDelay: 80 }),
      // Tab stays the key that leaves the editor
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
      this.#words.of(spoken(words)), EditorView.domEventHandlers({ beforeinput: typedOver }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !this.#quiet) onchange(update.state.doc.toString())
      }),
    ]
  }

  async #complete(context: CompletionContext): Promise<CompletionResult | null> {
    const schema = this.#options.schema()
    if (!schema) return null
    const text = context.state.doc.toString()
    const { from, where, typed, offers } = offersAt(text, context.pos, schema, this.#lang)
    if (!context.explicit && typed.length < 1) return null
    const options = offers.slice(0, 120).map((one) => completion(one, schema))
    if (wantsThings(where.spot, typed)) options.push(...(await this.#things(typed, schema, context)))
    return options.length && !context.aborted ? { from, options, filter: false } : null
  }

  async #things(typed: string, schema: Schema, context: CompletionContext): Promise<Completion[]> {
    const abort = new AbortController()
    context.addEventListener('abort', () => abort.abort(), { onDocChange: true })
    const words = typed.replace(/^[\w-]*:/, '').replaceAll('_', ' ')
    const hits = await this.#options.search(words, abort.signal).catch(() => [])
    return hits.map((hit) => {
      const iri = iriOf(hit.key, schema)
      const short = prefixed(iri, schema.prefixes)
      const text = short ?? `<${iri}>`
      return completion({ kind: 'thing', text, shown: hit.name[this.#lang] || hit.name.en, about: this.#options.about(hit), more: text, prefix: short ? (short.split(':')[0] ?? null) : null, rank: 0 }, schema)
    })
  }
}

/**
 * Text typed over a selection: left to itself, the browser keeps the looks of what was there by a style attribute, which the
 * policy of the page refuses (and the console tells).
 */
function typedOver(event: InputEvent, view: EditorView): boolean {
  const { from, to, empty } = view.state.selection.main
  const text = event.data
  if (event.inputType !== 'insertText' || empty || text === null || event.isComposing || !event.cancelable) return false
  event.preventDefault()
  const insert = () => view.state.update({ ...view.state.replaceSelection(text), userEvent: 'input.type', scrollIntoView: true })
  if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert())
  return true
}

/** Names are searched where a thing may stand, once two letters say which. */
const wantsThings = (spot: string, typed: string): boolean =>
  (spot === 'object' || spot === 'subject' || spot === 'expression') && /^(id:|place:|tech:)?[\p{L}\p{N}_-]{2,}$/u.test(typed)

function completion(one: Offer, schema: Schema): Completion {
  return {
    label: one.shown, detail: one.about, type: one.kind, boost: Math.max(-99, Math.min(99, one.rank)), info: one.more ? () => told(one.more) : undefined,
    apply: (view, _, from, to) => {
      const line = missingPrefix(view.state.doc.toString(), one.prefix, schema)
      const end = from + one.text.length + (line?.length ?? 0)
      view.dispatch({
        changes: [...(line ? [{ from: prologue(view.state.doc.toString()), insert: line }] : []), { from, to, insert: one.text }],
        selection: { anchor: end }, userEvent: 'input.complete', scrollIntoView: true,
      })
    },
  }
}

/** Definitions are English in either language of the page, and say so. */
function told(text: string): HTMLElement {
  return Object.assign(document.createElement('div'), { textContent: text, lang: 'en' })
}

/** Where a PREFIX line goes: after those that are there, else at the beginning. */
function prologue(text: string): number {
  if (!Object.keys(declared(text)).length) return 0
  const last = [...text.matchAll(/^\s*PREFIX[^\n]*\n?/gim)].at(-1)
  return last && last[0].endsWith('\n') ? last.index + last[0].length : 0
}

const spoken = (words: EditorWords): Extension => [
  EditorState.phrases.of(words.phrases), placeholder(words.placeholder),
  EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': words.label, spellcheck: 'false', autocapitalize: 'off', autocorrect: 'off' }),
]
