import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import 'graphiql/style.css'
import type { Api } from '@/api/client'

const WELCOME = `# 以当前账号的身份查询；能做什么由账号的权限决定。
query Home {
  categories { id name productCount }
  seasonalProducts(first: 5) { id title minPrice origin { fullName } }
}
`

/** Puts GraphiQL, from our own files, into a place of the page; it asks with the console's session. The answer removes it. */
export function mountExplorer(place: HTMLElement, api: Api): () => void {
  const fetcher = createGraphiQLFetcher({ url: api.explorerUrl, fetch: api.transport.fetch, wsClient: api.live.socket })
  const root = createRoot(place)
  root.render(createElement(GraphiQL, { fetcher, defaultQuery: WELCOME, isHeadersEditorEnabled: false, shouldPersistHeaders: false }))
  return () => root.unmount()
}
