// The page of `webtorrent share`: puts the parts together.
import { FileList } from './files.js'
import { showLinks } from './links.js'
import { PieceMap } from './pieces.js'
import { Stage, bestOf, kindOf } from './stage.js'
import { stateOf } from './state.js'
import { join, Refusal } from './swarm.js'
import * as view from './view.js'

const TICK = 200 // ms between two updates of the numbers
const STATS_TICK = 1000
const WORKER_PATIENCE = 5000

const map = new PieceMap(document.getElementById('map'))
const stage = new Stage(document.getElementById('stage'))
let isSharerGone = false

async function getJson (path) {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

async function start () {
  const share = await getJson('/share.json').catch(() => {
    throw new Refusal('The program that shares this does not answer', 'Start “webtorrent share” again, then reload this page.')
  })
  const wanted = new URLSearchParams(location.search).get('torrent')
  const about = share.torrents.find(torrent => torrent.infoHash === wanted) ?? share.torrents[0]
  view.showShares(share.torrents, about)
  view.showAbout(about, 1)
  showLinks(document.getElementById('links'), share.hosts, about)
  stage.reserve(kindOf(about.name))
  const [download, registration] = await Promise.all([join(share, about), worker(about)])
  // For whoever wants to look inside, from the console or from a test.
  globalThis.webtorrent4j = { client: download.client, torrent: download.torrent }
  watchSharer(share, about, download)
  run(download)
  if (!download.isReady) await new Promise(resolve => download.torrent.once('ready', resolve))
  present(download, about, registration)
}

// Streams need a service worker, which browsers give only to pages of https and localhost.
async function worker (about) {
  const workers = navigator.serviceWorker
  if (!workers) return null
  // Several tabs may be open; each answers for its own torrent only.
  workers.addEventListener('message', event => {
    if (event.data?.type === 'webtorrent' && !event.data.url.includes(about.infoHash)) event.stopImmediatePropagation()
  })
  try {
    await workers.register('/sw.min.js')
    const registration = await workers.ready
    if (!workers.controller) {
      await new Promise((resolve, reject) => {
        workers.addEventListener('controllerchange', resolve, { once: true })
        setTimeout(() => reject(new Error('the service worker does not take over')), WORKER_PATIENCE)
      })
    }
    return registration
  } catch (e) {
    console.warn('no streaming:', e.message)
    return null
  }
}

function present (download, about, registration) {
  const files = download.torrent.files
  if (registration) download.client.createServer({ controller: registration })
  const show = file => {
    stage.show(file, registration !== null)
    document.getElementById('stage').scrollIntoView({ block: 'nearest' })
  }
  view.showAbout(about, files.length)
  view.showFileCount(files)
  const list = new FileList(document.getElementById('files'), document.getElementById('files-tools'), files, registration !== null, show)
  stage.show(bestOf(files), registration !== null)
  map.show(download)
  list.update(stage.file)
  setInterval(() => list.update(stage.file), TICK)
}

function run (download) {
  const tick = () => {
    const facts = { ...download.facts(), isSharerGone }
    view.showState(stateOf(facts))
    if (facts.isReady) view.showNumbers(download, facts.isDone)
    view.showPeers(download.peers.list(), facts.isDone)
  }
  tick()
  setInterval(tick, TICK)
  const frame = now => {
    map.draw(now)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

function watchSharer (share, about, download) {
  const ask = async () => {
    const stats = await getJson('/stats.json').catch(() => null)
    if (stats && isSharerGone && !download.facts().isDone) await startAgain(share)
    isSharerGone = stats === null
    view.showSeeder(stats?.torrents.find(torrent => torrent.infoHash === about.infoHash) ?? null)
    setTimeout(ask, STATS_TICK)
  }
  ask()
}

// The program was started again: its tracker is at another port now.
async function startAgain (share) {
  const now = await getJson('/share.json').catch(() => share)
  if (now.trackerPort !== share.trackerPort) location.reload()
}

start().catch(e => {
  const error = e instanceof Refusal ? e : { title: 'Something went wrong', hint: String(e.message ?? e) }
  view.showState(stateOf({ error }))
  if (!(e instanceof Refusal)) console.error(e)
})
