// SPDX-FileCopyrightText: 2026 The Trackside authors
// SPDX-License-Identifier: Apache-2.0
'use strict';

// Only the proxy knows this name: whoever reaches it has gone through Trackside.
const testHost = 'trackside.segment.io';
const answerMs = 8000;
const lookMs = 1000;
const looks = 5;
const acceptMs = 120000;

const byId = (id) => document.getElementById(id);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function detected() {
    const agent = navigator.userAgent;
    // An iPad says that it is a Mac, but no Mac has a touch screen.
    if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1)) {
        return 'ios';
    }
    return /Android/.test(agent) ? 'android' : 'desktop';
}

function show(platform) {
    for (const section of document.querySelectorAll('section[data-platform]')) {
        section.hidden = section.dataset.platform !== platform;
    }
}

function chosen() {
    return document.querySelector('input[name=platform]:checked').value;
}

function copy(button) {
    const code = button.previousElementSibling;
    const range = document.createRange();
    range.selectNodeContents(code);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    // The clipboard's own interface is kept from pages without TLS.
    button.textContent = document.execCommand('copy') ? 'Copied' : 'Selected';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
}

function fillProxy() {
    const isThroughProxy = location.hostname === testHost;
    const port = location.port || (location.protocol === 'https:' ? '443' : '80');
    for (const place of document.querySelectorAll('.proxyhere')) {
        if (isThroughProxy) {
            place.textContent = 'It is set: this page came through it.';
            continue;
        }
        place.append(byId('proxy').content.cloneNode(true));
        place.querySelector('.server').textContent = location.hostname.replace(/^\[|\]$/g, '');
        place.querySelector('.port').textContent = port;
        for (const button of place.querySelectorAll('.copy')) {
            const name = button.closest('div').querySelector('dt').textContent.toLowerCase();
            button.setAttribute('aria-label', 'Copy the ' + name);
            button.addEventListener('click', () => copy(button));
        }
    }
}

async function status() {
    const answer = await fetch('/trackside/status', { cache: 'no-store', signal: timeLimit(answerMs) });
    if (!answer.ok) {
        throw new Error(String(answer.status));
    }
    return answer.json();
}

function timeLimit(ms) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), ms);
    return controller.signal;
}

function randomId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/// 'captured', 'waiting', 'unreached', or the status that was answered.
async function sendEvent() {
    const now = new Date().toISOString();
    const event = {
        type: 'track', event: 'Trackside Test', anonymousId: randomId(), messageId: 'trackside-test-' + randomId(),
        timestamp: now, sentAt: now, writeKey: 'trackside-setup-page',
        properties: { platform: chosen() },
        context: {
            library: { name: 'trackside-setup-page', version: '1' }, app: { name: 'Trackside setup page' },
            userAgent: navigator.userAgent, locale: navigator.language,
        },
    };
    try {
        const answer = await fetch('https://' + testHost + '/v1/track', {
            method: 'POST', keepalive: true, credentials: 'omit', body: JSON.stringify(event), signal: timeLimit(answerMs),
        });
        return answer.ok ? 'captured' : answer.status === 403 ? 'waiting' : String(answer.status);
    } catch {
        return 'unreached';
    }
}

const icons = {
    good: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM5 8.2l2.2 2.2L11 6.2',
    bad: 'M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
    note: 'M8 1.5 14.5 8 8 14.5 1.5 8zM8 5v3.5M8 10.8v.2',
};

function tell(kind, what, next) {
    const result = byId('result');
    result.className = 'notice ' + kind;
    result.hidden = false;
    const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    drawing.setAttribute('viewBox', '0 0 16 16');
    drawing.setAttribute('class', 'icon');
    drawing.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', icons[kind] || icons.note);
    drawing.append(line);
    const text = document.createElement('div');
    for (const [sentence, tag] of [[what, 'strong'], [next, 'span']]) {
        if (sentence) {
            const paragraph = document.createElement('p');
            paragraph.append(Object.assign(document.createElement(tag), { textContent: sentence }));
            text.append(paragraph);
        }
    }
    result.replaceChildren(drawing, text);
}

function tellCaptured() {
    const next = {
        ios: 'Open your app: its Segment calls appear there too.',
        android: 'Open your app: its Segment calls appear there too, once the app trusts the certificate (step 4).',
        desktop: 'Open your app or site: its Segment calls appear there too.',
    };
    tell('good', 'Captured. Trackside Test is in the stream.', next[chosen()]);
}

function tellNotTrusted() {
    const next = {
        ios: 'Do steps 3 and 4: install the profile, and switch it on under Certificate Trust Settings.',
        android: 'Do step 3: install it as a CA certificate. Firefox needs its own switch.',
        desktop: 'Do step 2, and start the browser anew. Firefox has a store of its own (step 3).',
    };
    tell('bad', 'The certificate is not trusted yet.', next[chosen()]);
}

function tellNoProxy(seen) {
    if (seen.proxy === 'device' && seen.captured > 0) {
        tell('note', 'Apps on this device are captured, this browser is not.',
             'Trackside has ' + seen.captured + ' events of this device. This browser does not use the proxy, which need not matter.');
    } else if (seen.proxy === 'device') {
        tell('note', 'Another app on this device uses the proxy, this browser does not.',
             'Open the app to test. For this browser, check the proxy in its own settings.');
    } else {
        tell('bad', 'The proxy is not set: this device has not come to Trackside through it.',
             'Set the proxy as step ' + (chosen() === 'desktop' ? '1' : '2') + ' says. A VPN or Private Relay goes round it: switch them off.');
    }
}

/// Until accepted; false when nobody did so in time.
async function becameAccepted() {
    tell('note', 'This device waits to be accepted.', 'Accept it in Trackside: Setup, Phone. The test goes on by itself.');
    const end = Date.now() + acceptMs;
    while (Date.now() < end) {
        await wait(2 * lookMs);
        if ((await status()).accepted) {
            return true;
        }
    }
    return false;
}

async function explain(before) {
    let seen = before;
    for (let look = 0; look < looks; ++look) {
        seen = await status();
        if (seen.refusals > before.refusals) {
            tellNotTrusted();
            return;
        }
        await wait(lookMs);
    }
    if (seen.proxy === 'this') {
        tell('bad', 'The proxy is set, but the test did not come through.',
             'Check that it is set for HTTPS too, and that no VPN or content blocker is on. Then test again.');
    } else {
        tellNoProxy(seen);
    }
}

async function test() {
    byId('run').disabled = true;
    try {
        tell('', 'Testing…', '');
        const before = await status();
        if (!before.accepted && !(await becameAccepted())) {
            tell('note', 'This device still waits to be accepted.', 'Accept it in Trackside: Setup, Phone. Then test again.');
            return;
        }
        const outcome = await sendEvent();
        if (outcome === 'captured') {
            tellCaptured();
        } else if (outcome === 'waiting') {
            tell('note', 'This device waits to be accepted.', 'Accept it in Trackside: Setup, Phone. Then test again.');
        } else if (outcome === 'unreached') {
            await explain(before);
        } else {
            tell('bad', 'Trackside answered with status ' + outcome + '.', 'Look at the stream in Trackside for what it refused.');
        }
    } catch {
        tell('bad', 'Trackside can’t be reached any more.', 'Is it still running, and is this device in the same Wi-Fi?');
    } finally {
        byId('run').disabled = false;
        await noteWaiting();
    }
}

async function noteWaiting() {
    try {
        byId('waiting').hidden = (await status()).accepted;
    } catch {
        byId('waiting').hidden = true;
    }
}

function begin() {
    // The code has done its work; it need not stand in the history.
    history.replaceState(null, '', location.pathname);
    const platform = detected();
    const words = { ios: /iPad|Macintosh/.test(navigator.userAgent) ? 'iPad' : 'iPhone', android: 'Android device', desktop: 'computer' };
    document.querySelector('h1').textContent = 'Set up this ' + words[platform];
    for (const input of document.querySelectorAll('input[name=platform]')) {
        input.checked = input.value === platform;
        input.addEventListener('change', () => show(input.value));
    }
    byId('platforms').hidden = false;
    byId('test').hidden = false;
    show(platform);
    fillProxy();
    byId('run').addEventListener('click', test);
    noteWaiting();
}

begin();
