// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// @segment/analytics-next in Chromium and Firefox by other ways than plain http on the port: TLS, the proxy
// with Segment's own hosts, pages over https, pages that may not reach this machine. Prints what the page
// sent as one JSON object:  browserways.mjs SDK PORT CASE
// TRACKSIDE_CA is the authority's certificate, TRACKSIDE_API the port of the HTTP API.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openChromium, openFirefox, sleep } from './browsers.mjs'
import { bundled, calls, loading, modulePage, ownCertificate, serveSite, snippet, standaloneScript } from './sdkpage.mjs'

const [sdk, port, name] = process.argv.slice(2)
const authority = process.env.TRACKSIDE_CA
const writeKey = `FAKE_WRITE_KEY_${name}_00`
const here = `127.0.0.1:${port}`
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trackside-ways-'))
const own = ownCertificate(folder)

const onPort = (settings = {}) => loading(sdk, { writeKey, cdnURL: `http://${here}` }, { apiHost: `${here}/v1`, protocol: 'http', ...settings })
const segmentsHosts = loading(sdk, { writeKey }) + calls
const custom = 't.shop.example'
const proxied = { args: [`--proxy-server=http://${here}`, '--proxy-bypass-list=<-loopback>'] }
const firefoxProxy = {
  'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': Number(port),
  'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': Number(port)
}
// What a page of another origin may try to learn from the API.
const nosy = api => `
  window.learnt = []
  for (const url of ['http://127.0.0.1:${api}/api/v1/events', 'http://localhost:${api}/api/v1/status', 'http://${here}/trackside/status']) {
    for (const options of [{}, { credentials: 'include' }, { mode: 'no-cors' }, { headers: { Authorization: 'Bearer x' } }, { method: 'POST' }]) {
      try {
        const response = await fetch(url, options)
        const text = await response.text()
        if (text.length > 0) { window.learnt.push(url + ' ' + JSON.stringify(options) + ': ' + text) }
      } catch {}
    }
  }
  for (const url of ['http://127.0.0.1:${api}/api/v1/events', 'http://${here}/trackside/status']) {
    await new Promise(resolve => {
      const frame = document.createElement('iframe')
      frame.onload = () => { try { window.learnt.push(frame.contentDocument.body.textContent) } catch {} resolve() }
      frame.src = url
      document.body.append(frame)
    })
  }
  window.learnt = window.learnt.filter(text => text !== '')
  window.hasTried = true
`

const cases = {
  batchingTls: { source: loading(sdk, { writeKey, cdnURL: `http://${here}` },
    { apiHost: `${here}/v1`, protocol: 'http', deliveryStrategy: { strategy: 'batching', config: { size: 3, timeout: 1000 } } }) + calls, posts: 2 },
  snippetHttps: { html: snippet({ writeKey, script: `https://${here}/analytics.js/v1/${writeKey}/analytics.min.js`,
    segment: { apiHost: `${here}/v1`, protocol: 'https' } }), posts: 2 },
  httpsPage: { source: onPort() + calls, posts: 6, isSiteTls: true },
  firefox: { source: onPort() + calls, posts: 6, firefox: {} },
  firefoxProxied: { source: segmentsHosts, posts: 6, firefox: firefoxProxy },
  segmentsHosts: { source: segmentsHosts, posts: 6, chromium: proxied, isOtherHostAsked: true },
  euHost: { source: loading(sdk, { writeKey }, { apiHost: 'events.eu1.segmentapis.com/v1' }) + calls, posts: 6, chromium: proxied },
  customHost: { source: loading(sdk, { writeKey, cdnURL: `https://${custom}` }, { apiHost: `${custom}/v1` }) + calls, posts: 6, chromium: proxied },
  publicPage: { source: onPort() + calls, posts: 0, isPublic: true },
  publicHttpsPage: { source: onPort() + calls, posts: 0, isPublic: true, isSiteTls: true },
  nosyPage: { source: nosy(process.env.TRACKSIDE_API), posts: 0 }
}

const { source, html = modulePage, posts: expected, isSiteTls, isOtherHostAsked, isPublic, chromium = { args: [] }, firefox } = cases[name]
const site = await serveSite(html, { '/bundle.js': source ? await bundled(source) : '' }, isSiteTls ? own : undefined)
const other = await serveSite('never ours', {}, own)
const trust = [authority, own.file]
const args = isPublic ? [...chromium.args, `--ip-address-space-overrides=127.0.0.1:${site.port}=public`] : chromium.args
const { browser, close } = firefox ? await openFirefox({ trust, preferences: firefox }) : await openChromium({ trust, args })
const log = []
const posts = []
let otherHost
let isReady = true
try {
  const page = await browser.newPage()
  page.on('console', message => log.push(message.text()))
  page.on('pageerror', error => log.push(String(error)))
  page.on('requestfinished', request => request.method() === 'POST' && posts.push(request.url()))
  page.on('requestfailed', request => log.push(`${request.url()}: ${JSON.stringify(request.failure())}`))
  const protocols = new Set()
  if (!firefox) {
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    session.on('Network.responseReceived', ({ response }) => /^https:.*\/v1\//.test(response.url) && protocols.add(response.protocol))
  }
  if (name === 'snippetHttps') {
    // The script is Segment's; all that its address decides comes here.
    await page.route('**/analytics.min.js', route => route.fulfill({ contentType: 'text/javascript', body: standaloneScript(sdk) }))
  }
  await page.goto(site.url + '/')
  const end = Date.now() + 30000
  while (posts.length < expected && Date.now() < end) {
    await sleep(50)
  }
  if (isPublic) {
    // The settings are asked for first; the SDK gives up when they can't be had.
    while (!log.some(line => line.includes(here)) && Date.now() < end) {
      await sleep(50)
    }
    isReady = log.some(line => line.includes(here))
  }
  if (name === 'nosyPage') {
    await page.waitForFunction(() => window.hasTried, null, { timeout: 30000 })
  }
  if (isOtherHostAsked) {
    const response = await page.goto(`https://localhost:${other.port}/`)
    otherHost = { text: await page.textContent('body'), issuer: (await response.securityDetails()).issuer }
  }
  const learnt = name === 'nosyPage' ? await page.evaluate(() => window.learnt) : []
  process.stdout.write(JSON.stringify({ posts: posts.length, hosts: [...new Set(posts.map(url => new URL(url).host))].sort(), protocols: [...protocols], otherHost, learnt, isReady, log }))
} finally {
  await close()
  site.close()
  other.close()
  fs.rmSync(folder, { recursive: true, force: true })
}
