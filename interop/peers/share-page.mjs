// The page of `webtorrent share` in headless Chromium.
// usage: node share-page.mjs URL OUT.png [--sha256 HEX] [--size 1280x800] [--dark] [--early EARLY.png] [--timeout SECONDS]
// Opens the page, waits until it says that all is complete, hashes every file that it has, and writes a screenshot. --early writes another
// one at about half. --sha256 is what the only file, or the largest, must have.
// Prints `STATE name` for each state of the page and ends with `RESULT {json}`; exits 1 if anything is wrong, the browser's complaints included.
import { chromium } from 'playwright-core'
import crypto from 'node:crypto'
const [url, out, ...rest] = process.argv.slice(2)
const opt = { size: '1280x800', timeout: 120, sha256: null, early: null, dark: false }
for (let i = 0; i < rest.length; i++) {
  const key = rest[i].slice(2)
  opt[key] = key === 'dark' ? true : rest[++i]
}
const SLICE = 1 << 20
const [width, height] = opt.size.split('x').map(Number)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', ...(process.env.MDNS ? [] : ['--disable-features=WebRtcHideLocalIpsWithMdns'])]
})
const complaints = []
const tab = await browser.newPage({
  viewport: { width, height },
  deviceScaleFactor: 2,
  isMobile: width < 600,
  hasTouch: width < 600,
  colorScheme: opt.dark ? 'dark' : 'light'
})
tab.on('pageerror', e => complaints.push(e.message))
tab.on('console', message => {
  if (message.type() === 'error') complaints.push(message.text())
  else if (message.text().startsWith('STATE ')) console.log(message.text())
})

// Runs in the page.
const tellStates = () => {
  const root = document.documentElement
  const tell = () => console.log(`STATE ${root.dataset.state}`)
  tell()
  new MutationObserver(tell).observe(root, { attributes: true, attributeFilter: ['data-state'] })
}
const isComplete = () => document.documentElement.dataset.state === 'complete'
const isHalf = () => globalThis.webtorrent4j?.torrent.progress > 0.4

async function hashes () {
  const files = await tab.evaluate(() => globalThis.webtorrent4j.torrent.files.map(({ path, length }) => ({ path, length })))
  for (const [index, file] of files.entries()) {
    const hash = crypto.createHash('sha256')
    for (let start = 0; start < file.length; start += SLICE) {
      const end = Math.min(file.length, start + SLICE) - 1
      hash.update(Buffer.from(await tab.evaluate(slice, { index, start, end }), 'base64'))
    }
    file.sha256 = hash.digest('hex')
  }
  return files
}
const slice = async ({ index, start, end }) => {
  const blob = await globalThis.webtorrent4j.torrent.files[index].blob({ start, end })
  const text = await new Promise(resolve => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result)
    reader.readAsDataURL(blob)
  })
  return text.slice(text.indexOf(',') + 1)
}

let failure = null
try {
  await tab.goto(url)
  await tab.evaluate(tellStates)
  if (opt.early) {
    await tab.waitForFunction(isHalf, null, { timeout: opt.timeout * 1000, polling: 50 })
    await tab.screenshot({ path: opt.early })
  }
  await tab.waitForFunction(isComplete, null, { timeout: opt.timeout * 1000 })
  const files = await hashes()
  await tab.waitForTimeout(1500) // for the last piece to stop glowing, and a player to show its first frame
  await tab.screenshot({ path: out })
  const tooWide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  if (tooWide > 0) complaints.push(`the page is ${tooWide} pixels wider than the window`)
  const cut = await tab.evaluate(() => [...document.querySelectorAll('.file-name')].filter(e => e.scrollWidth > e.clientWidth).length)
  if (cut > 0) complaints.push(`${cut} names of files are cut at the end`)
  const { title, seconds } = await tab.evaluate(() => ({ title: document.getElementById('name').textContent, seconds: document.getElementById('time').textContent }))
  console.log('RESULT ' + JSON.stringify({ title, seconds, bytes: files.reduce((sum, file) => sum + file.length, 0), files, complaints }))
  const largest = files.reduce((a, b) => b.length > a.length ? b : a)
  if (opt.sha256 && largest.sha256 !== opt.sha256.toLowerCase()) failure = `${largest.path} has another SHA-256`
  if (complaints.length) failure ??= complaints.join('; ')
} catch (e) {
  failure = `${e.message} (${complaints.join('; ')})`
  await tab.screenshot({ path: out }).catch(() => {})
}
if (failure) console.log('ERROR ' + failure)
await browser.close()
process.exit(failure ? 1 : 0)
