// Refuses what compiles in H5 and breaks only in the mini-program.
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'vue/compiler-sfc'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'src')
const ONE_LETTER = /^[a-z]$/i

async function* vueFiles(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* vueFiles(file)
    else if (entry.name.endsWith('.vue')) yield file
  }
}

/** "(line, index) in lines" → ["line", "index"] */
function aliases(expression) {
  const left = expression.split(/\s+(?:in|of)\s+/)[0] ?? ''
  return left
    .replace(/[()\s]/g, '')
    .split(',')
    .filter(Boolean)
}

function* problemsIn(node) {
  for (const { name, exp } of node.props ?? []) {
    if (name !== 'for') continue
    // uni-app names page data a, b, c …; a loop variable of one letter shadows it in WXML.
    for (const alias of aliases(exp?.content ?? exp?.loc?.source ?? '')) {
      if (ONE_LETTER.test(alias)) yield { line: node.loc.start.line, text: `v-for alias "${alias}" has one letter` }
    }
  }
  for (const child of node.children ?? []) if (typeof child === 'object') yield* problemsIn(child)
}

let found = 0
let files = 0
for await (const file of vueFiles(root)) {
  files++
  for (const { line, text } of problemsIn(parse(await readFile(file, 'utf8')).descriptor.template?.ast ?? {})) {
    found++
    console.error(`${path.relative(process.cwd(), file)}:${line} ${text}`)
  }
}
if (found) process.exit(1)
console.log(`templates: ${files} files are safe for WXML`)
