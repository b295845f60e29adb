// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// Drives one of Segment's Node SDKs against the port given and prints, as one JSON object, what the
// app sent and what the SDK reported:  node.mjs SDK PORT CASE
import { createRequire } from 'node:module'
import path from 'node:path'

const [sdk, port, name = 'calls'] = process.argv.slice(2)
const require = createRequire(path.join(process.env.TRACKSIDE_NODE_MODULES, 'x.js'))
const loaded = require(sdk)
const isLegacy = sdk === 'analytics-node-6'
const Analytics = isLegacy ? loaded : loaded.Analytics
const host = process.env.TRACKSIDE_SDK_HOST ?? `http://127.0.0.1:${port}`
const writeKey = `FAKE_WRITE_KEY_${sdk}_0000`
const sent = []
const errors = []

function client(options = {}) {
  const analytics = isLegacy
    ? new Analytics(writeKey, { host, flushAt: 20, errorHandler: error => errors.push(String(error)), ...options })
    : new Analytics({ writeKey, host, flushAt: 15, ...options })
  if (!isLegacy) {
    analytics.on('error', error => errors.push(JSON.stringify(error)))
  }
  return analytics
}

async function close(analytics) {
  if (isLegacy) {
    await analytics.flush()
  } else {
    await analytics.closeAndFlush()
  }
}

const traits = { email: 'qa@example.test', name: 'Zoë “Ω” 🚚', age: 42, vip: true, balance: 12.5, none: null, address: { city: 'Łódź' } }
const properties = {
  orderId: 'o-1', revenue: 39.95, products: [{ sku: 'a', price: 1.5, quantity: 2 }, { sku: 'b' }], big: 9007199254740991,
  tiny: 1e-7, huge: 1e21, emptyObj: {}, emptyArr: [], zebra: 1, alpha: 2, text: 'line\nbreak "quoted" \\ \u0000 end'
}

function record(type, call) {
  sent.push({ type, ...call })
  return call
}

const cases = {
  async calls() {
    const analytics = client()
    analytics.identify(record('identify', { userId: 'user-1', traits }))
    analytics.track(record('track', { userId: 'user-1', event: 'Order Completed', properties }))
    analytics.page(record('page', { userId: 'user-1', name: 'Home', category: 'Docs', properties: { url: 'https://app.example.test/?q=1' } }))
    analytics.screen(record('screen', { userId: 'user-1', name: 'Basket', properties: { items: 3 } }))
    analytics.group(record('group', { userId: 'user-1', groupId: 'g-1', traits: { plan: 'pro', seats: 7 } }))
    analytics.alias(record('alias', { userId: 'user-1', previousId: 'anon-1' }))
    analytics.track(record('track', { anonymousId: 'anon-2', event: 'Cart Viewed', properties: {}, timestamp: new Date('2024-03-01T00:00:00Z') }))
    await close(analytics)
  },
  async burst() {
    const analytics = client()
    for (let i = 0; i < 33; ++i) {
      analytics.track(record('track', { userId: 'user-1', event: 'Step Completed', properties: { step: i } }))
    }
    await close(analytics)
  },
  async large() {
    const analytics = client()
    analytics.track(record('track', { userId: 'user-1', event: 'Report Uploaded', properties: { text: 'x'.repeat(200 * 1024) } }))
    await close(analytics)
  },
  async path() {
    const analytics = client({ path: '/custom' })
    analytics.track(record('track', { userId: 'user-1', event: 'Path Tried', properties: { a: 1 } }))
    await close(analytics)
  },
  async surrogates() {
    const analytics = client()
    analytics.track(record('track', { userId: 'user-1', event: 'Emoji Cut', properties: { cut: '🚚'.slice(0, 1), nul: 'a\u0000b' } }))
    await close(analytics)
  },
  async oauth() {
    const { generateKeyPairSync } = await import('node:crypto')
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const analytics = client({
      oauthSettings: {
        clientId: 'client-1', clientKey: privateKey.export({ type: 'pkcs8', format: 'pem' }), keyId: 'key-1', authServer: host
      }
    })
    analytics.track(record('track', { userId: 'user-1', event: 'Token Used', properties: { a: 1 } }))
    await close(analytics)
  }
}

await cases[name]()
process.stdout.write(JSON.stringify({ writeKey, errors, sent }))
