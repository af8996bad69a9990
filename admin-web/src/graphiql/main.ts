import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import 'graphiql/style.css'

// The explorer of the API, from our own files: it works without any other host. What is written under Headers also
// introduces the socket of a subscription.
const url = new URL('/graphql', location.origin).href
const fetcher = createGraphiQLFetcher({ url, subscriptionUrl: url.replace(/^http/, 'ws') })

const WELCOME = `# 昭通商城 GraphQL 接口
# 登录后在下方 Headers 里写 {"authorization": "Bearer <accessToken>"}
query Home {
  categories { id name productCount }
  seasonalProducts(first: 5) { id title minPrice origin { fullName } }
}
`

const place = document.getElementById('app')
if (place) createRoot(place).render(createElement(GraphiQL, { fetcher, defaultQuery: WELCOME, isHeadersEditorEnabled: true }))
