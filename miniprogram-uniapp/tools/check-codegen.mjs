// Fails when src/gql is not what the schema and the documents give today.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate, loadContext } from '@graphql-codegen/cli'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)

const context = await loadContext('codegen.ts')
context.updateConfig({ silent: true })
const files = await generate(context, false)

const stale = []
for (const { filename, content } of files) {
  const committed = await readFile(filename, 'utf8').catch(() => '')
  if (committed !== content) stale.push(path.relative(root, path.resolve(filename)))
}
if (stale.length) {
  console.error(`Out of date: ${stale.join(', ')}. Run \`npm run codegen\` and commit the result.`)
  process.exit(1)
}
console.log(`codegen: ${files.length} files are up to date`)
