// Refuses the type `any` in every source file, single-file components included; generated files are left out.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'

const root = new URL('..', import.meta.url).pathname
const files = ['src', 'tests']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => !file.includes(`${join('src', 'gql')}`))

function scripts(file) {
  const text = readFileSync(file, 'utf8')
  if (!file.endsWith('.vue')) return [{ text, line: 0 }]
  const { script, scriptSetup, template } = parse(text).descriptor
  const blocks = [script, scriptSetup].filter(Boolean).map((block) => ({ text: block.content, line: block.loc.start.line - 1 }))
  const cast = template?.content.match(/\bas any\b|:\s*any\b/)
  return cast ? [...blocks, { text: 'let template: any', line: template.loc.start.line - 1 }] : blocks
}

const found = []
for (const file of files) {
  for (const { text, line } of scripts(file)) {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
    const visit = (node) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword)
        found.push(`${relative(root, file)}:${line + source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`)
      ts.forEachChild(node, visit)
    }
    visit(source)
    if (/@ts-(ignore|nocheck|expect-error)/.test(text)) found.push(`${relative(root, file)}: a silenced type error`)
  }
}
if (found.length > 0) {
  console.error(`the type any is not allowed:\n  ${found.join('\n  ')}`)
  process.exit(1)
}
console.log(`no any in ${files.length} files`)
