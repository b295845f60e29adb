// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
//
// Asks https://HOST/, which is answered on 127.0.0.1:PORT, with one client that trusts the authority in
// TRACKSIDE_CA, and prints what came of it:  certificate.mjs CLIENT PORT HOST
import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import tls from 'node:tls'
import { openChromium } from './browsers.mjs'

const [client, port, host] = process.argv.slice(2)
const authority = process.env.TRACKSIDE_CA
const isAddress = net.isIP(host) !== 0
const literal = net.isIPv6(host) ? `[${host}]` : host

function run(program, args) {
  return new Promise(resolve => {
    const child = execFile(program, args, { timeout: 60000 }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, text: stdout, error: stderr }))
    child.stdin.end()
  })
}

const clients = {
  openssl() {
    const name = isAddress ? ['-verify_ip', host, '-noservername'] : ['-verify_hostname', host, '-servername', host]
    return run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...name, '-CAfile', authority, '-no-CApath',
      '-verify_return_error', '-brief'])
  },
  curl() {
    return run('curl', ['--silent', '--show-error', '--noproxy', '*', '--cacert', authority, '--connect-to',
      `::127.0.0.1:${port}`, `https://${literal}/`])
  },
  node() {
    return new Promise(resolve => {
      let text = ''
      const socket = tls.connect({
        host: '127.0.0.1', port: Number(port), ca: fs.readFileSync(authority), servername: isAddress ? '' : host,
        // tls.checkServerIdentity() of Node 22 refuses every IPv6 literal: it reads it as a host name.
        checkServerIdentity: (_, certificate) => isAddress
          ? new X509Certificate(certificate.raw).checkIP(host) ? undefined : new Error('another address')
          : tls.checkServerIdentity(host, certificate)
      }, () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))
      socket.on('data', bytes => { text += bytes })
      socket.on('end', () => resolve({ status: 0, text: text.split('\r\n\r\n')[1], error: '' }))
      socket.on('error', error => resolve({ status: error.code, text: '', error: String(error) }))
    })
  },
  async chromium() {
    const { browser, close } = await openChromium({
      trust: [authority], args: ['--no-proxy-server', `--host-resolver-rules=MAP * 127.0.0.1:${port}`]
    })
    try {
      const page = await browser.newPage()
      await page.goto(`https://${literal}/`)
      return { status: 0, text: await page.textContent('body'), error: '' }
    } catch (error) {
      return { status: /net::(\w+)/.exec(error.message)?.[1] ?? 'unknown', text: '', error: error.message }
    } finally {
      await close()
    }
  }
}

const { status, text, error } = await clients[client]()
process.stdout.write(JSON.stringify({ status: String(status), text, error }))
