// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// Pages with @segment/analytics-next in them, and the site they lie on.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { modules, require } from './browsers.mjs'

/// One call of each type.
export const calls = `
  const properties = { orderId: 'o-1', revenue: 39.95, products: [{ sku: 'a', quantity: 2 }], zebra: 1, alpha: 2, none: null, text: 'Zoë 🚚' }
  analytics.identify('user-1', { email: 'qa@example.test', age: 42 })
  analytics.track('Order Completed', properties)
  analytics.page('Docs', 'Home', { section: 'start' })
  analytics.screen && analytics.screen('Basket', { items: 3 })
  analytics.group('g-1', { plan: 'pro' })
  analytics.alias('user-2', 'user-1')
`

/// Source of a page that loads the SDK; `segment` are options of its Segment.io integration.
export function loading(sdk, settings, segment) {
  return `
    import { AnalyticsBrowser } from '${sdk}'
    const analytics = AnalyticsBrowser.load(${JSON.stringify(settings)},
      ${segment ? JSON.stringify({ integrations: { 'Segment.io': segment } }) : '{}'})
    window.analytics = analytics
  `
}

/// The snippet, as a page carries it; `script` is where analytics.min.js lies.
export function snippet({ writeKey, script, segment, cdn }) {
  return `<!doctype html><title>Snippet</title><script>
  window.analytics = []; analytics._loadOptions = ${JSON.stringify({ integrations: { 'Segment.io': segment } })};
  analytics._writeKey = '${writeKey}'; ${cdn ? `analytics._cdn = '${cdn}';` : ''} analytics.invoked = true; analytics.SNIPPET_VERSION = '5.2.0';
  for (const method of ['track', 'page', 'identify', 'ready', 'on', 'load']) {
    analytics[method] = function () { analytics.push([method, ...arguments]); return analytics }
  }
  analytics.page(); analytics.track('Snippet Loaded', { a: 1 });
</script><script src="${script}"></script>`
}

export function standaloneScript(sdk) {
  return fs.readFileSync(path.join(modules, sdk, 'dist/umd/standalone.js'))
}

export async function bundled(source) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trackside-bundle-'))
  try {
    const entry = path.join(folder, 'page.js')
    fs.writeFileSync(entry, source)
    const built = await require('esbuild').build({
      entryPoints: [entry], bundle: true, write: false, format: 'esm', target: 'es2022', nodePaths: [modules],
      define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'silent'
    })
    return built.outputFiles[0].text
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/// A certificate for this machine, not of Trackside's authority: its PEM file goes into a browser's trust.
export function ownCertificate(folder) {
  const file = path.join(folder, 'site.pem')
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
    '-subj', '/CN=Site of the test', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-days', '2',
    '-keyout', path.join(folder, 'site.key'), '-out', file], { stdio: 'ignore' })
  return { file, cert: fs.readFileSync(file), key: fs.readFileSync(path.join(folder, 'site.key')) }
}

/// A site on 127.0.0.1 whose every other path is `html`; over TLS with a certificate.
export async function serveSite(html, files = {}, certificate = undefined) {
  const answer = (request, response) => {
    const asked = request.url.split('?')[0]
    const file = files[asked]
    if (typeof file === 'function') {
      file(request, response)
    } else if (file !== undefined) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(file)
    } else if (asked === '/favicon.ico') {
      response.writeHead(404).end()
    } else {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html)
    }
  }
  const server = certificate ? https.createServer(certificate, answer) : http.createServer(answer)
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  return { port, url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`, close: () => server.close() }
}

export const modulePage = '<!doctype html><title>Page</title><script type="module" src="/bundle.js"></script>'
