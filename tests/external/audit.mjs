// graphql-http's audits of GraphQL over HTTP, all of them, against { url }; tells one line of JSON.
import { serverAudits } from 'graphql-http'

const { url } = JSON.parse(process.argv[2])
const found = []
for (const audit of serverAudits({ url })) {
  const result = await audit.fn()
  found.push({ id: audit.id, name: audit.name, status: result.status, reason: result.reason ?? '' })
}
console.log(JSON.stringify(found))
