// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// Opens the setup page in headless Chromium as the device given, tests the device with its button, and prints
// what the page says as JSON:  devicepage.mjs PORT DEVICE PROXY AUTHORITY
// PROXY is "proxy" or "straight"; AUTHORITY a PEM file that the browser trusts, or "none".
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const [port, device, proxy, authority] = process.argv.slice(2)
const require = createRequire(path.join(process.env.TRACKSIDE_NODE_MODULES, 'x.js'))
const { chromium, devices } = require('playwright-core')

const site = `http://127.0.0.1:${port}`
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'trackside-setup-'))
if (authority !== 'none') {
  const database = path.join(home, '.pki/nssdb')
  fs.mkdirSync(database, { recursive: true })
  execFileSync('certutil', ['-d', `sql:${database}`, '-N', '--empty-password'])
  execFileSync('certutil', ['-d', `sql:${database}`, '-A', '-t', 'C,,', '-n', 'trackside', '-i', authority])
}
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage']
if (proxy === 'proxy') {
  // The page itself comes through the proxy too, as it does on a phone.
  args.push(`--proxy-server=${site}`, '--proxy-bypass-list=<-loopback>')
}
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium', headless: true, args, env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home }
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
  await browser.close()
  fs.rmSync(home, { recursive: true, force: true })
}
