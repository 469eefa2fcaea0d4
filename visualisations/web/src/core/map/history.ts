/** What was, and what was undone: steps of one page, beside the history of the browser, which goes through the addresses. */
export class Steps<T> {
  readonly #past: T[] = []
  readonly #future: T[] = []

  constructor(private now: T, private readonly same: (a: T, b: T) => boolean, private readonly most = 100) {}

  get canUndo(): boolean { return this.#past.length > 0 }
  get canRedo(): boolean { return this.#future.length > 0 }

  /** A new step; or, when the back button was used, the way to one that is known. */
  arrive(next: T): void {
    if (this.same(next, this.now)) return
    const [last, ahead] = [this.#past.at(-1), this.#future.at(-1)]
    if (last !== undefined && this.same(last, next)) this.undo()
    else if (ahead !== undefined && this.same(ahead, next)) this.redo()
    else {
      this.#past.push(this.now)
      if (this.#past.length > this.most) this.#past.shift()
      this.#future.length = 0
      this.now = next
    }
  }

  undo(): T | null {
    const last = this.#past.pop()
    if (last === undefined) return null
    this.#future.push(this.now)
    return (this.now = last)
  }

  redo(): T | null {
    const ahead = this.#future.pop()
    if (ahead === undefined) return null
    this.#past.push(this.now)
    return (this.now = ahead)
  }
}
