// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// Opens the setup page in headless Chromium as the device given, tests the device with its button, and prints
// what the page says as JSON:  devicepage.mjs PORT DEVICE PROXY AUTHORITY
// PROXY is "proxy" or "straight"; AUTHORITY a PEM file that the browser trusts, or "none".
import { openChromium, require } from './browsers.mjs'

const [port, device, proxy, authority] = process.argv.slice(2)
const { devices } = require('playwright-core')

const site = `http://127.0.0.1:${port}`
const { browser, close } = await openChromium({
  trust: authority === 'none' ? [] : [authority],
  // The page itself comes through the proxy too, as it does on a phone.
  args: proxy === 'proxy' ? [`--proxy-server=${site}`, '--proxy-bypass-list=<-loopback>'] : []
})
const errors = []
const requested = []
try {
  const context = await browser.newContext(device === 'desktop' ? {} : devices[device])
  const page = await context.newPage()
  page.on('pageerror', error => errors.push(String(error)))
  page.on('console', message => message.text().includes('Content Security Policy') && errors.push(message.text()))
  page.on('request', request => requested.push(new URL(request.url()).host))
  await page.goto(site + '/trackside/?code=wrong')
  const platform = await page.evaluate(() => document.querySelector('input[name=platform]:checked').value)
  const shown = await page.evaluate(() => [...document.querySelectorAll('section[data-platform]')]
    .filter(section => section.offsetParent !== null).map(section => section.dataset.platform).join())
  const server = await page.evaluate(() => document.querySelector(`section[data-platform]:not([hidden]) .server`).textContent)
  const shownPort = await page.evaluate(() => document.querySelector(`section[data-platform]:not([hidden]) .port`).textContent)
  const small = await page.evaluate(() => [...document.querySelectorAll('button, a, label')]
    .filter(each => each.offsetParent !== null && each.getBoundingClientRect().height < 44).map(each => each.textContent).join())
  await page.click('#run')
  await page.waitForFunction(() => !document.getElementById('run').disabled, null, { timeout: 60000 })
  console.log(JSON.stringify({
    platform, shown, server, port: shownPort, small,
    kind: await page.evaluate(() => document.getElementById('result').className.replace('notice ', '')),
    says: await page.evaluate(() => document.querySelector('#result strong').textContent),
    next: await page.evaluate(() => document.querySelector('#result span').textContent),
    address: page.url(),
    overflows: await page.evaluate(() => document.documentElement.scrollWidth > innerWidth),
    hosts: [...new Set(requested)].sort().join(), errors
  }))
} finally {
  await close()
}
