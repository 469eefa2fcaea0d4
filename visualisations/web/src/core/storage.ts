/** Small choices kept in this browser; a browser that forbids storage forgets them. */
const PREFIX = 'cleantech-kg:'

export function read(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null
  }
}

export function write(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // private mode or a full store: the choice holds until the page is closed
  }
}
