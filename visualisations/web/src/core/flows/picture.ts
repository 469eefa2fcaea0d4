/** What the style sheet says of a shape, written into a copy of it, so that the file looks the same anywhere. */
const WRITTEN = ['fill', 'stroke', 'stroke-width', 'opacity', 'font-family', 'font-size', 'font-weight', 'paint-order', 'stroke-linejoin'] as const

/** Save a drawing as a file: colours as they are now, no links, on the paper of the page. */
export function saveSvg(drawing: SVGSVGElement, name: string): void {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const from = [...drawing.querySelectorAll<SVGElement>('path, rect, text, tspan, line')]
  ;[...copy.querySelectorAll<SVGElement>('path, rect, text, tspan, line')].forEach((shape, at) => {
    const source = from[at]
    if (!source) return
    const style = getComputedStyle(source)
    for (const property of WRITTEN) shape.setAttribute(property, style.getPropertyValue(property))
    shape.removeAttribute('class')
  })
  for (const link of copy.querySelectorAll('a')) link.replaceWith(...link.childNodes)
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  paper.setAttribute('width', '100%')
  paper.setAttribute('height', '100%')
  paper.setAttribute('fill', getComputedStyle(document.body).backgroundColor)
  copy.prepend(paper)
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}
