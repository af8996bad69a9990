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
export function trusted(document: unknown): Trusted {
  return (document as { __meta__: Trusted }).__meta__
}
