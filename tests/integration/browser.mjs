// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// Drives @segment/analytics-next in headless Chromium against the port given and prints, as one JSON
// object, what the page sent:  browser.mjs SDK PORT CASE
import { openChromium } from './browsers.mjs'
import { bundled, calls, loading, modulePage, serveSite, snippet, standaloneScript } from './sdkpage.mjs'

const [sdk, port, name = 'standard'] = process.argv.slice(2)

const writeKey = `FAKE_WRITE_KEY_${name.replace(/\W/g, '_')}_00`
const cdn = `http://127.0.0.1:${port}`
const apiHost = `127.0.0.1:${port}/v1`

function load(segment) {
  return loading(sdk, { writeKey, cdnURL: cdn }, segment && { apiHost, protocol: 'http', ...segment })
}

const standard = {}
const batching = { deliveryStrategy: { strategy: 'batching', config: { size: 3, timeout: 1000 } } }
const pages = {
  standard: load(standard) + calls,
  batching: load(batching) + calls,
  cdnOnly: load(null) + calls,
  credentials: load({ deliveryStrategy: { config: { credentials: 'include' } } }) + `analytics.track('Cookie Sent', { a: 1 })`,
  header: load({ deliveryStrategy: { config: { headers: { 'X-Team': 'qa' } } } }) + `analytics.track('Header Sent', { a: 1 })`,
  retried: load(standard) + `analytics.track('Sent Again', { a: 1 })`,
  hidden: load({ deliveryStrategy: { strategy: 'batching', config: { size: 10, timeout: 3000 } } }) +
    `await analytics; await analytics.track('Tab Hidden', { a: 1 }, undefined, undefined)`,
  unloadStandard: load(standard) + `await analytics`,
  unloadKeepalive: load({ deliveryStrategy: { config: { keepalive: true } } }) + `await analytics`,
  unloadBatching: load({ deliveryStrategy: { strategy: 'batching', config: { size: 10, timeout: 1000 } } }) + `await analytics`
}

const html = name === 'snippet'
  ? snippet({ writeKey, script: '/analytics.min.js', segment: { apiHost, protocol: 'http' }, cdn })
  : modulePage
const site = await serveSite(html, {
  '/bundle.js': pages[name] ? await bundled(pages[name]) : '',
  '/analytics.min.js': standaloneScript(sdk),
  // A page takes its time to come; until then the old one lives.
  '/away': (_, response) =>
    setTimeout(() => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Away</title>'), 250)
})

const { browser, close } = await openChromium()
const log = []
try {
  const page = await browser.newPage()
  page.on('console', message => log.push(message.text()))
  page.on('pageerror', error => log.push(String(error)))
  const posts = []
  const times = []
  page.on('requestfinished', request => {
    if (request.method() === 'POST' && request.url().startsWith(cdn)) {
      posts.push(request)
      times.push({ at: Date.now(), retryCount: request.headers()['x-retry-count'] ?? '' })
    }
  })
  const waitForPosts = async count => {
    const end = Date.now() + 20000
    while (posts.length < count && Date.now() < end) {
      await page.waitForTimeout(50)
    }
  }
  await page.goto(site.url + '/')
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
    await waitForPosts({ standard: 6, cdnOnly: 6, batching: 2, snippet: 2, retried: 2 }[name] ?? 1)
  }
  const gaps = times.slice(1).map((time, index) => ({ waitedMs: time.at - times[index].at, retryCount: time.retryCount }))
  process.stdout.write(JSON.stringify({ writeKey, posts: posts.length, gaps, log }))
} finally {
  await close()
  site.close()
}
