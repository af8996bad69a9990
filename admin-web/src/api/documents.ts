import type { TypedDocumentNode } from '@graphql-typed-document-node/core'

/** What the pages know of an operation: the server has its text under the id and runs no other text. */
export interface Trusted {
  /** SHA-256 of the operation's text, in hexadecimal. */
  id: string
  name: string
  kind: 'query' | 'mutation' | 'subscription'
}

export type Variables = Record<string, unknown>
export type Document<Data, Vars> = TypedDocumentNode<Data, Vars>

/** The generated documents look like GraphQL's to the type checker and hold nothing but this. */
export function trusted(document: object): Trusted {
  const meta: unknown = Reflect.get(document, '__meta__')
  if (!isTrusted(meta)) throw new Error('not a generated document')
  return meta
}

function isTrusted(value: unknown): value is Trusted {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'kind' in value
}

/** The body of a POST. */
export function bodyOf(document: Trusted, variables: Variables): string {
  return JSON.stringify({ id: document.id, operationName: document.name, variables })
}
