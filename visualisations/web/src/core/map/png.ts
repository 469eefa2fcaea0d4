import { FONT, HEAD, lay, MARGIN, type Sheet } from './sheet'

export function measuring(): (text: string, size: number) => number {
  const context = document.createElement('canvas').getContext('2d')
  return (text, size) => {
    if (!context) return text.length * size * 0.55
    context.font = `500 ${size}px ${FONT}`
    return context.measureText(text).width
  }
}

/** The picture drawn anew, `scale` px for each px of the page, so that letters stay sharp. */
export function pngOf(sheet: Sheet, scale = 2): Promise<Blob> {
  const laid = lay(sheet, measuring())
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(sheet.width * scale)
  canvas.height = Math.round(laid.height * scale)
  const context = canvas.getContext('2d')
  if (!context) return Promise.reject(new Error('no canvas'))
  context.scale(scale, scale)
  context.fillStyle = sheet.background
  context.fillRect(0, 0, sheet.width, laid.height)
  write(context, MARGIN, 26, 18, 700, sheet.ink, sheet.title)
  write(context, MARGIN, 45, 12, 500, sheet.muted, laid.subtitle)
  picture(context, sheet, laid.labels)
  for (const { x, y, text, colour, square } of laid.entries) {
    mark(context, x + 5, y - 4, 5, square, colour)
    write(context, x + 16, y, 12, 500, sheet.ink, text)
  }
  for (const { y, text } of laid.source) write(context, MARGIN, y, 11, 500, sheet.muted, text)
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'))
}

function picture(context: CanvasRenderingContext2D, sheet: Sheet, labels: ReturnType<typeof lay>['labels']): void {
  context.save()
  context.beginPath()
  context.rect(0, HEAD, sheet.width, sheet.height)
  context.clip()
  context.translate(0, HEAD)
  context.lineCap = 'round'
  for (const { x1, y1, x2, y2, colour, width } of sheet.lines) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.beginPath()
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
    context.stroke()
  }
  for (const { x, y, size, square, colour } of sheet.dots) mark(context, x, y, size, square, colour, sheet.background)
  context.lineJoin = 'round'
  for (const { left, baseline, text } of labels) {
    context.font = `500 12px ${FONT}`
    context.strokeStyle = sheet.background
    context.lineWidth = 3
    context.strokeText(text, left, baseline)
    write(context, left, baseline, 12, 500, sheet.ink, text)
  }
  context.restore()
}

function write(context: CanvasRenderingContext2D, x: number, y: number, size: number, weight: number, colour: string, text: string): void {
  context.font = `${weight} ${size}px ${FONT}`
  context.fillStyle = colour
  context.fillText(text, x, y)
}

function mark(context: CanvasRenderingContext2D, x: number, y: number, size: number, square: boolean, colour: string, rim?: string): void {
  context.beginPath()
  if (square) context.roundRect(x - size, y - size, size * 2, size * 2, size / 3)
  else context.arc(x, y, size, 0, 2 * Math.PI)
  context.fillStyle = colour
  context.fill()
  if (!rim) return
  context.strokeStyle = rim
  context.lineWidth = 1
  context.stroke()
}
