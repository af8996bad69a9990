// Fails when the committed types in src/gql are not what the schema and the documents give now.
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { generate, loadContext } from '@graphql-codegen/cli'

const root = new URL('..', import.meta.url).pathname
process.chdir(root)
const context = await loadContext(join(root, 'codegen.ts'))
const wanted = await generate(context, false)
const stale = wanted.filter(({ filename, content }) => {
  try {
    return readFileSync(join(root, filename), 'utf8').trim() !== content.trim()
  } catch {
    return true
  }
})
if (stale.length > 0) {
  console.error(`out of date: ${stale.map((file) => relative(root, join(root, file.filename))).join(', ')}; run npm run codegen`)
  process.exit(1)
}
console.log(`${wanted.length} generated files are up to date`)
