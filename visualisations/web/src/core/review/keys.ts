/** What a key of the keyboard asks for; null when it is meant for something else. */
export type Action = 'same' | 'different' | 'unsure' | 'skip' | 'undo' | 'help'

const ACTIONS: Readonly<Record<string, Action>> = { s: 'same', d: 'different', u: 'unsure', n: 'skip', ' ': 'skip', z: 'undo', '?': 'help' }
/** The legend, in the order in which it is shown. */
export const LEGEND: readonly (readonly [Action, string])[] = [
  ['same', 'S'], ['different', 'D'], ['unsure', 'U'], ['skip', 'N'], ['undo', 'Z'], ['help', '?'],
]

interface Pressed { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; repeat: boolean }

/** `at` tells where the focus is: in a text nothing is a shortcut, on something that can be pressed space presses it. */
export function actionOf(event: Pressed, at: 'text' | 'control' | 'page'): Action | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || at === 'text') return null
  if (event.key === ' ' && at === 'control') return null
  return ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null
}
