// The ladder of the explorer: views > components > core. A file may import from its own layer and from the layers below it.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src')
const LADDER = ['core', 'components', 'views']

function* filesIn(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* filesIn(path)
    else if (/\.(ts|svelte)$/.test(name)) yield path
  }
}

const layer = (path) => LADDER.indexOf(relative(source, path).split(/[\\/]/)[0])
const faults = []
for (const file of filesIn(source)) {
  const own = layer(file)
  if (own < 0) continue
  for (const [, target] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g)) {
    const other = layer(normalize(join(dirname(file), target)))
    if (other > own) faults.push(`${relative(source, file)} (${LADDER[own]}) imports ${target} (${LADDER[other]})`)
  }
}
for (const fault of faults) console.error(fault)
console.log(faults.length ? `${faults.length} imports go up the ladder` : 'layers: views > components > core holds')
process.exit(faults.length ? 1 : 0)
