import Graph from 'graphology'
import Sigma from 'sigma'
import type { MapGraph } from './graph'
import type { Point } from './shown'

/** All that sigma knows of a node. */
export interface Stand { [attribute: string]: unknown; x: number; y: number; i: number }

/** The best connected come last, so that they lie above. */
export function standing(graph: MapGraph, stretch: number): Graph<Stand> {
  const stage = new Graph<Stand>({ type: 'undirected', multi: false })
  for (let i = graph.order - 1; i >= 0; i--) stage.addNode(graph.keyOf(i), { x: graph.x[i] ?? 0, y: (graph.y[i] ?? 0) * stretch, i })
  return stage
}

/** Draws nothing and costs nothing: for the programs that sigma makes ready and we do not use. */
export class NoProgram {
  drawLabel = undefined
  drawHover = undefined
  kill(): void {}
  reallocate(): void {}
  process(): void {}
  render(): void {}
}

/** What sigma asks of the context of a layer on which nothing is drawn. */
const NO_CONTEXT = { COLOR_BUFFER_BIT: 0, clear(): void {}, viewport(): void {}, getExtension: () => null }

/**
 * Sigma without the layer for hovered nodes (they are drawn among the others): one context of the graphics card less,
 * which is a third of a second in software.
 */
export class Stage extends Sigma<Stand> {
  override createWebGLContext(id: string, options?: Parameters<Sigma['createWebGLContext']>[1]): WebGLRenderingContext {
    if (id !== 'hoverNodes') return super.createWebGLContext(id, options)
    this.createCanvas(id, options)
    Reflect.set(Reflect.get(this, 'webGLContexts') as object, id, NO_CONTEXT)
    return NO_CONTEXT as unknown as WebGLRenderingContext
  }

  /** An empty layer that is not shown need not be laid over the others at each frame. */
  showLayer(id: string, shown: boolean): void {
    const canvas = this.getCanvases()[id]
    if (canvas && (canvas.style.visibility !== 'hidden') !== shown) canvas.style.visibility = shown ? '' : 'hidden'
  }

  /**
   * Find the node under the pointer by `find`. Sigma's own way draws every node a second time and reads a pixel back at each
   * move, for which page and graphics card wait for each other: 80 ms a move at 10,000 nodes in software.
   */
  pickBy(find: (at: Point) => string | null): void {
    Reflect.set(this, 'getNodeAtPosition', find)
    ;(Reflect.get(this, 'pickingLayers') as Set<string>).clear()
  }
}
