import { capital } from '../format'

/** A title of a question without the mark that it asks about something missing. */
export function spoken(title: string): { gap: boolean; text: string } {
  const found = /^(?:GAP|LUCKA):\s*/.exec(title)
  return found ? { gap: true, text: capital(title.slice(found[0].length)) } : { gap: false, text: title }
}
