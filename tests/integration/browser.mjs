// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// Drives @segment/analytics-next in headless Chromium against the port given and prints, as one JSON
// object, what the page sent:  browser.mjs SDK PORT CASE
import { createRequire } from 'node:module'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'

const [sdk, port, name = 'standard'] = process.argv.slice(2)
const modules = process.env.TRACKSIDE_NODE_MODULES
const require = createRequire(path.join(modules, 'x.js'))
const { chromium } = require('playwright-core')
const esbuild = require('esbuild')

const writeKey = `FAKE_WRITE_KEY_${name.replace(/\W/g, '_')}_00`
const cdn = `http://127.0.0.1:${port}`
const apiHost = `127.0.0.1:${port}/v1`
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trackside-browser-'))

const calls = `
  const properties = { orderId: 'o-1', revenue: 39.95, products: [{ sku: 'a', quantity: 2 }], zebra: 1, alpha: 2, none: null, text: 'Zoë 🚚' }
  analytics.identify('user-1', { email: 'qa@example.test', age: 42 })
  analytics.track('Order Completed', properties)
  analytics.page('Docs', 'Home', { section: 'start' })
  analytics.screen && analytics.screen('Basket', { items: 3 })
  analytics.group('g-1', { plan: 'pro' })
  analytics.alias('user-2', 'user-1')
`

function load(segment, settings = {}) {
  return `
    import { AnalyticsBrowser } from '${sdk}'
    const analytics = AnalyticsBrowser.load(${JSON.stringify({ writeKey, cdnURL: cdn, ...settings })},
      ${segment ? JSON.stringify({ integrations: { 'Segment.io': { apiHost, protocol: 'http', ...segment } } }) : '{}'})
    window.analytics = analytics
  `
}

const standard = {}
const batching = { deliveryStrategy: { strategy: 'batching', config: { size: 3, timeout: 1000 } } }
const pages = {
  standard: load(standard) + calls,
  batching: load(batching) + calls,
  cdnOnly: load(null) + calls,
  credentials: load({ deliveryStrategy: { config: { credentials: 'include' } } }) + `analytics.track('Cookie Sent', { a: 1 })`,
  header: load({ deliveryStrategy: { config: { headers: { 'X-Team': 'qa' } } } }) + `analytics.track('Header Sent', { a: 1 })`,
  hidden: load({ deliveryStrategy: { strategy: 'batching', config: { size: 10, timeout: 3000 } } }) +
    `await analytics; await analytics.track('Tab Hidden', { a: 1 }, undefined, undefined)`,
  unloadStandard: load(standard) + `await analytics`,
  unloadKeepalive: load({ deliveryStrategy: { config: { keepalive: true } } }) + `await analytics`,
  unloadBatching: load({ deliveryStrategy: { strategy: 'batching', config: { size: 10, timeout: 1000 } } }) + `await analytics`
}

const snippet = `<!doctype html><title>Snippet</title><script>
  window.analytics = []; analytics._loadOptions = { integrations: { 'Segment.io': { apiHost: '${apiHost}', protocol: 'http' } } };
  analytics._writeKey = '${writeKey}'; analytics._cdn = '${cdn}'; analytics.invoked = true; analytics.SNIPPET_VERSION = '5.2.0';
  for (const method of ['track', 'page', 'identify', 'ready', 'on', 'load']) {
    analytics[method] = function () { analytics.push([method, ...arguments]); return analytics }
  }
  analytics.page(); analytics.track('Snippet Loaded', { a: 1 });
</script><script src="/analytics.min.js"></script>`

const entry = path.join(folder, 'page.js')
let bundle = ''
if (pages[name]) {
  fs.writeFileSync(entry, pages[name])
  const built = await esbuild.build({
    entryPoints: [entry], bundle: true, write: false, format: 'esm', target: 'es2022', nodePaths: [modules],
    define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'silent'
  })
  bundle = built.outputFiles[0].text
}

const server = http.createServer((request, response) => {
  if (request.url === '/bundle.js') {
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(bundle)
  } else if (request.url === '/analytics.min.js') {
    response.writeHead(200, { 'Content-Type': 'text/javascript' })
      .end(fs.readFileSync(path.join(modules, sdk, 'dist/umd/standalone.js')))
  } else if (request.url === '/away') {
    // A page takes its time to come; until then the old one lives.
    setTimeout(() => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Away</title>'), 250)
  } else if (request.url === '/favicon.ico') {
    response.writeHead(404).end()
  } else {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
      .end(name === 'snippet' ? snippet : '<!doctype html><title>Page</title><script type="module" src="/bundle.js"></script>')
  }
})
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const site = `http://127.0.0.1:${server.address().port}`

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage']
})
const log = []
try {
  const page = await browser.newPage()
  page.on('console', message => log.push(message.text()))
  page.on('pageerror', error => log.push(String(error)))
  const posts = []
  page.on('requestfinished', request => {
    if (request.method() === 'POST' && request.url().startsWith(cdn)) {
      posts.push(request)
    }
  })
  const waitForPosts = async count => {
    const end = Date.now() + 20000
    while (posts.length < count && Date.now() < end) {
      await page.waitForTimeout(50)
    }
  }
  await page.goto(site + '/')
  if (name.startsWith('unload')) {
    await page.waitForFunction(() => window.analytics && window.analytics.instance !== undefined, null, { timeout: 20000 })
    // Each path's preflight is cached by then, as on a page that was used for a while.
    await page.evaluate(() => Promise.all([window.analytics.track('Page Used'), window.analytics.page('Used')]))
    await waitForPosts(name === 'unloadBatching' ? 1 : 2)
    await page.evaluate(() => {
      window.analytics.track('Link Followed', { a: 1 })
      window.analytics.page('Left', { b: 2 })
      window.location.href = '/away'
    })
    await page.waitForURL('**/away')
    await page.waitForTimeout(1500)
  } else if (name === 'hidden') {
    await page.waitForFunction(() => window.analytics && window.analytics.instance !== undefined, null, { timeout: 20000 })
    await page.waitForTimeout(300)
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await page.waitForTimeout(500)
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await waitForPosts(2)
  } else {
    await waitForPosts({ standard: 6, cdnOnly: 6, batching: 2, snippet: 2 }[name] ?? 1)
  }
  process.stdout.write(JSON.stringify({ writeKey, posts: posts.length, log }))
} finally {
  await browser.close()
  server.close()
  fs.rmSync(folder, { recursive: true, force: true })
}
