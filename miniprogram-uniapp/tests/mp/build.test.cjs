// What can be said of the build without running it.
const assert = require('node:assert/strict')
const { readdirSync, readFileSync, statSync } = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')
const compiler = require('miniprogram-compiler')

const root = path.resolve(__dirname, '../../dist/build/mp-weixin')
/** WeChat's limit is 2 MB; ours leaves room for what comes later. */
const MAIN_PACKAGE_LIMIT = 1.5 * 1024 * 1024

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name)
    return entry.isDirectory() ? files(file) : [file]
  })
}

const app = JSON.parse(readFileSync(path.join(root, 'app.json'), 'utf8'))
const subRoots = app.subPackages.map((sub) => path.join(root, sub.root) + path.sep)
const main = files(root).filter((file) => !subRoots.some((folder) => file.startsWith(folder)))

test('the main package stays under 1.5 MB', () => {
  const size = main.reduce((sum, file) => sum + statSync(file).size, 0)
  console.log(`main package: ${size} bytes in ${main.length} files`)
  assert.ok(size < MAIN_PACKAGE_LIMIT, `${size} bytes`)
})

test("WeChat's own compilers take every WXML and WXSS", () => {
  assert.ok(compiler.wxmlToJs(root).length > 10_000)
  assert.ok(Object.keys(compiler.wxssToJs(root)).length > 0)
})

test('every page of pages.json was built', () => {
  const pages = [...app.pages, ...app.subPackages.flatMap((sub) => sub.pages.map((page) => `${sub.root}/${page}`))]
  assert.equal(pages.length, 56)
  for (const page of pages)
    for (const kind of ['js', 'json', 'wxml']) assert.ok(statSync(path.join(root, `${page}.${kind}`)).size > 0, page)
})

test('no style, script or template fetches anything from a server that is not ours', () => {
  const foreign = files(root).filter(
    (file) => /\.(wxss|wxml)$/.test(file) && /url\(["']?https?:|src="https?:/.test(readFileSync(file, 'utf8')),
  )
  assert.deepEqual(foreign, [])
})

test('no operation travels as text: the build has ids in their place', () => {
  const scripts = files(root).filter((file) => file.endsWith('.js'))
  const texts = scripts.filter((file) =>
    /\b(query|mutation|subscription) \w+(\(\$|\s*\{\s*\w)/.test(readFileSync(file, 'utf8')),
  )
  assert.deepEqual(texts, [])
})
