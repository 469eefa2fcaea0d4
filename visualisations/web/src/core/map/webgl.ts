/** Whether the browser draws with a graphics card or stands in for one. */
export function hasWebgl(): boolean {
  try {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 1
    return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'))
  } catch {
    return false
  }
}
