import type { TechnologyCount } from './api/types'

export interface TreeNode { value: string; count: number; children: TreeNode[] }

/**
 * The counted technologies as a forest. A value without a counted parent is a root; the single root of the scheme
 * ("cleantech") is left out, because choosing it chooses everything; values without a count and not chosen are left out.
 */
export function facetTree(rows: readonly TechnologyCount[], chosen: readonly string[] = [], name: (value: string) => string = (value) => value, lang = 'en'): TreeNode[] {
  const kept = rows.filter((row) => row.count > 0 || chosen.includes(row.value))
  const nodes = new Map(kept.map((row) => [row.value, { value: row.value, count: row.count, children: [] as TreeNode[] }]))
  const roots: TreeNode[] = []
  for (const row of kept) {
    const node = nodes.get(row.value)
    if (!node) continue
    const parent = parentOf(row, nodes)
    if (parent) parent.children.push(node)
    else roots.push(node)
  }
  const only = roots.length === 1 ? roots[0] : undefined
  return sorted(only && only.children.length ? only.children : roots, (a, b) => name(a).localeCompare(name(b), lang))
}

function parentOf(row: TechnologyCount, nodes: Map<string, TreeNode>): TreeNode | undefined {
  const names = Array.isArray(row.broader) ? row.broader : [row.broader ?? '']
  return names.map((name) => nodes.get(name)).find((node) => node && node.value !== row.value)
}

/** The greatest count first, equal ones by name. */
function sorted(nodes: TreeNode[], byName: (a: string, b: string) => number): TreeNode[] {
  for (const node of nodes) node.children = sorted(node.children, byName)
  return nodes.sort((a, b) => b.count - a.count || byName(a.value, b.value))
}

export const holds = (node: TreeNode, values: readonly string[]): boolean =>
  values.includes(node.value) || node.children.some((child) => holds(child, values))
