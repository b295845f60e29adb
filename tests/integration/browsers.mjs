// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// Headless browsers with a profile of their own, which trust what they are told to.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export const modules = process.env.TRACKSIDE_NODE_MODULES
export const require = createRequire(path.join(modules, 'x.js'))

export const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

/// An NSS database in `folder` that trusts these PEM files.
function trusting(folder, files) {
  fs.mkdirSync(folder, { recursive: true })
  const database = `sql:${folder}`
  execFileSync('certutil', ['-d', database, '-N', '--empty-password'])
  files.forEach((file, index) =>
    execFileSync('certutil', ['-d', database, '-A', '-t', 'C,,', '-n', `authority ${index}`, '-i', file]))
}

function ownFolder() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'trackside-browser-'))
}

/// Playwright's browser and what ends it.
export async function openChromium({ trust = [], args = [] } = {}) {
  const { chromium } = require('playwright-core')
  const home = ownFolder()
  trusting(path.join(home, '.pki/nssdb'), trust)
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', ...args]
  })
  return {
    browser,
    async close() {
      await browser.close()
      fs.rmSync(home, { recursive: true, force: true })
    }
  }
}

/// Puppeteer's browser, over WebDriver BiDi, and what ends it.
export async function openFirefox({ trust = [], preferences = {} } = {}) {
  const puppeteer = require('puppeteer-core')
  const home = ownFolder()
  const profile = path.join(home, 'profile')
  trusting(profile, trust)
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    userDataDir: profile,
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home },
    // Nothing but the page's own calls: no captive portal, no updates, no telemetry.
    extraPrefsFirefox: {
      'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
      'app.update.enabled': false, 'datareporting.policy.dataSubmissionEnabled': false,
      'toolkit.telemetry.enabled': false, 'services.settings.server': 'data:,', ...preferences
    }
  })
  return {
    browser,
    async close() {
      await browser.close()
      fs.rmSync(home, { recursive: true, force: true })
    }
  }
}
