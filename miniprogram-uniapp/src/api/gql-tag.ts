// The generated documents import `graphql-tag`; urql's own tag is the same function without a second copy of the parser.
export { gql as default } from '@urql/core'
