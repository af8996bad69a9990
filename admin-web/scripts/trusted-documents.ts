import { createHash } from 'node:crypto'
import { preset } from '@graphql-codegen/client-preset'
import type { Types } from '@graphql-codegen/plugin-helpers'
import {
  Kind,
  print,
  visit,
  type DefinitionNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql'

/** What the pages know of an operation. Its text stays with the server, which runs only texts it knows. */
interface Trusted {
  /** SHA-256 of the text, in hexadecimal. */
  id: string
  name: string
  kind: string
}

const byName = (one: string, other: string) => (one < other ? -1 : 1)

/** The fragments an operation needs, those needed by fragments included, by name. */
function needed(root: OperationDefinitionNode, all: Map<string, FragmentDefinitionNode>): FragmentDefinitionNode[] {
  const found = new Set<string>()
  const walk = (node: DefinitionNode) =>
    visit(node, {
      FragmentSpread({ name: { value } }) {
        const fragment = all.get(value)
        if (!fragment) throw new Error(`${root.name?.value}: there is no fragment ${value}`)
        if (found.has(value)) return
        found.add(value)
        walk(fragment)
      },
    })
  walk(root)
  return [...found].sort(byName).map((name) => all.get(name) as FragmentDefinitionNode)
}

/** Every operation of the documents by name: what the page is given, and the text it stands for. */
function operations(files: Types.DocumentFile[]): Map<string, { trusted: Trusted; text: string }> {
  const definitions = files.flatMap(({ document }) => document?.definitions ?? [])
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  const found = new Map<string, { trusted: Trusted; text: string }>()
  for (const node of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue
    if (!node.name) throw new Error(`an operation has no name: ${print(node)}`)
    const name = node.name.value
    const text = [node, ...needed(node, fragments)].map(print).join('\n\n')
    found.set(name, {
      trusted: { id: createHash('sha256').update(text).digest('hex'), name, kind: node.operation },
      text,
    })
  }
  return found
}

function manifestOf(all: Map<string, { trusted: Trusted; text: string }>): string {
  const sorted = [...all]
    .sort(([one], [other]) => byName(one, other))
    .map(([, { trusted, text }]) => [trusted.id, text])
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`
}

/**
 * The client preset's types, with ids in place of the operations' texts, and the texts in a manifest for the server.
 *
 * The preset has persisted documents of its own, but sorts the fields of what it hashes, also those of a mutation, whose order is
 * the order in which things happen.
 */
export function trustedDocuments(manifest: string): Types.OutputPreset {
  return {
    ...preset,
    buildGeneratesSection: async (options) => {
      const all = operations(options.documents)
      const sections = await preset.buildGeneratesSection(options)
      const types = sections.find(({ filename }) => filename.endsWith('graphql.ts'))
      if (!types) throw new Error('the client preset writes no graphql.ts any more')
      const documents = {
        unstable_omitDefinitions: true,
        unstable_onExecutableDocumentNode: ({ definitions }: { definitions: DefinitionNode[] }) => {
          const operation = definitions.find(
            ({ kind }) => kind === Kind.OPERATION_DEFINITION,
          ) as OperationDefinitionNode
          return all.get(operation.name?.value ?? '')?.trusted
        },
      }
      const plugins = types.plugins.map((plugin) =>
        'typed-document-node' in plugin ? { 'typed-document-node': documents } : plugin,
      )
      const text = {
        ...types,
        filename: manifest,
        plugins: [{ manifest: {} }],
        pluginMap: { manifest: { plugin: () => manifestOf(all) } },
        documents: [],
      }
      return [{ ...types, plugins }, text]
    },
  }
}
