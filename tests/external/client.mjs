// graphql-ws's own client against { url, token, order }: each scene tells what it saw, as one line of JSON at the end.
import { createClient, CloseCode } from 'graphql-ws'
import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'

const { url, token, order } = JSON.parse(process.argv[2])
const CHANGED = 'subscription ($id: ID!) { orderChanged(id: $id) { id state } }'

/** Asks whoever runs this script to do something. */
const ask = (what) => process.stdout.write(`ask ${what}\n`)

const open = (options = {}) =>
  createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazyCloseTimeout: 0, ...options })
const signedIn = (options = {}) => open({ connectionParams: { authorization: `Bearer ${token}` }, ...options })

/** Every result of one operation until it completes. */
async function all(client, payload) {
  const found = []
  for await (const result of client.iterate(payload)) found.push(result)
  return found
}

/** The close event or the errors an operation ends with. */
async function failure(client, payload) {
  try {
    await all(client, payload)
    return { ended: 'well' }
  } catch (error) {
    return Array.isArray(error) ? { code: error[0].extensions.code } : { close: error.code, reason: error.reason }
  }
}

const scenes = {
  query: () => all(open(), { query: '{ __typename carriers { code } }' }),
  variables: () => all(open(), { query: 'query ($n: Int!) { brands(first: $n) { id } }', variables: { n: 3 } }),
  mutation: () => all(open(), { query: 'mutation { login(code: "none") { __typename } }' }),
  refused: () => all(open(), { query: '{ myOrderCounts { state } }' }),
  invalid: () => failure(open(), { query: '{ nothing }' }),
  syntax: () => failure(open(), { query: '{' }),

  async many() {
    const client = open({ lazyCloseTimeout: 1000 })
    const names = Array.from({ length: 15 }, (_, n) => all(client, { query: `{ a${n}: __typename }` }))
    const found = (await Promise.all(names)).map(([result]) => Object.keys(result.data)[0])
    await client.dispose()
    return found
  },

  async subscription() {
    const client = signedIn()
    const results = client.iterate({ query: CHANGED, variables: { id: order } })
    const found = []
    for (let n = 0; n < 3; n += 1) {
      const next = results.next()
      await pause(300)
      ask('announce')
      found.push((await next).value)
    }
    await results.return()
    await client.dispose()
    return found
  },

  // The line breaks; the client comes back by itself and hears what happens afterwards.
  async reconnect() {
    const seen = { connected: 0, retried: false }
    let socket
    const client = signedIn({
      retryAttempts: 5,
      retryWait: () => pause(50),
      on: {
        connected: (opened, _payload, wasRetry) => {
          socket = opened
          seen.connected += 1
          seen.retried ||= wasRetry
        },
      },
    })
    const results = client.iterate({ query: CHANGED, variables: { id: order } })
    const next = results.next()
    while (seen.connected < 1) await pause(20)
    socket.terminate()
    while (seen.connected < 2) await pause(20)
    await pause(300)
    ask('announce')
    const { value } = await next
    await results.return()
    await client.dispose()
    return { ...seen, value }
  },

  async ping() {
    const heard = []
    const client = signedIn({
      lazy: false,
      keepAlive: 100,
      on: { pong: (received, payload) => received && heard.push(payload ?? null) },
    })
    while (heard.length < 3) await pause(20)
    await client.dispose()
    return heard
  },

  badToken: () => failure(open({ connectionParams: { authorization: 'Bearer nobody-knows-this' } }), { query: '{ me { id } }' }),
  tooLong: () => failure(open(), { query: `{ __typename } # ${'x'.repeat(70_000)}` }),
  silent: () => closing([]),
  noProtocol: () => closing([], []),
  unintroduced: () => closing([{ type: 'subscribe', id: '1', payload: { query: '{ __typename }' } }]),
  introducedTwice: () => closing([{ type: 'connection_init' }, { type: 'connection_init' }]),
  nonsense: () => closing(['nonsense']),
  sameId: () => closing([{ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }, ...twice()]),
}

const twice = () => {
  const subscribe = { type: 'subscribe', id: '1', payload: { query: CHANGED, variables: { id: order } } }
  return [subscribe, subscribe]
}

/** Sends frames on a bare socket, each after the other; with what code the server closes. */
function closing(messages, protocol = 'graphql-transport-ws') {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocol)
    socket.on('open', async () => {
      for (const message of messages) {
        socket.send(typeof message === 'string' ? message : JSON.stringify(message))
        await pause(100)
      }
    })
    socket.on('close', (close) => resolve({ close }))
    socket.on('error', reject)
  })
}

const told = { expected: CloseCode }
for (const [name, scene] of Object.entries(scenes)) {
  told[name] = await scene()
}
console.log(JSON.stringify(told))
process.exit(0)
