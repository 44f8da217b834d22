// Writes numbers and texts into the page; touches only what has changed.
import { bytes, count, duration, percent, rate, shown, timeTaken } from './text.js'

const at = id => document.getElementById(id)

function put (id, text) {
  const element = at(id)
  if (element.textContent !== text) element.textContent = text
}

export function showShares (torrents, current) {
  if (torrents.length < 2) return
  at('shares').hidden = false
  at('shares').replaceChildren(...torrents.map(torrent => {
    const link = document.createElement('a')
    link.href = `/?torrent=${torrent.infoHash}`
    link.textContent = shown(torrent.name)
    if (torrent === current) link.setAttribute('aria-current', 'page')
    return link
  }))
  at('shares').querySelector('[aria-current]').scrollIntoView({ block: 'nearest', inline: 'center' })
}

export function showAbout (about, files) {
  document.title = shown(about.name)
  put('name', shown(about.name))
  at('name').title = shown(about.name)
  put('size', files > 1 ? `${bytes(about.length)} in ${count(files, 'file', 'files')}` : bytes(about.length))
}

export function showState (state) {
  const root = document.documentElement
  if (root.dataset.state !== state.name) root.dataset.state = state.name
  put('pill', state.pill)
  put('status-title', state.title)
  put('status-hint', state.hint)
}

export function showNumbers (download, isDone) {
  const { torrent } = download
  const done = percent(isDone ? 1 : Math.min(0.999, torrent.progress))
  at('percent').firstChild.data = String(done)
  const name = at('name').textContent
  document.title = isDone ? name : `${done} % · ${name}`
  at('bar').setAttribute('aria-valuenow', String(done))
  at('bar-fill').style.transform = `scaleX(${isDone ? 1 : torrent.progress})`
  const seconds = download.seconds()
  put('speed-label', isDone ? 'Average speed' : 'Speed')
  put('speed', isDone ? (seconds > 0 ? rate(torrent.received / Math.max(seconds, 0.1)) : '–') : torrent.numPeers > 0 ? rate(torrent.downloadSpeed) : '–')
  put('time-label', isDone ? 'Time taken' : 'Time left')
  put('time', isDone ? (seconds > 0 ? timeTaken(seconds) : '–') : duration(torrent.timeRemaining / 1000))
  put('peer-count', String(torrent.numPeers))
  put('uploaded', bytes(download.peers.sent()))
  showPieces(download)
}

function showPieces (download) {
  const total = download.senders.length
  let whole = 0
  for (let piece = 0; piece < total; piece++) if (download.part(piece) === 1) whole++
  const text = `${whole.toLocaleString('en')} of ${total.toLocaleString('en')}`
  if (at('map-count').textContent === text) return
  put('map-count', text)
  at('map').setAttribute('aria-label', `Map of the pieces: ${text} are here and verified`)
  put('legend', `${bytes(download.torrent.pieceLength)} each; a colour for each peer that sent them`)
}

// isDone: whether all is here, so that peers have no reason to stay
export function showPeers (peers, isDone) {
  const list = at('peers')
  if (peers.length === 0) {
    if (!list.querySelector('.nobody')) {
      const nobody = document.createElement('li')
      nobody.className = 'nobody soft'
      nobody.textContent = 'Nobody yet'
      list.replaceChildren(nobody)
    }
    return
  }
  const rows = peers.map((peer, i) => {
    const row = list.children[i]?.dataset.id === peer.id ? list.children[i] : peerRow(peer)
    row.classList.toggle('is-gone', !peer.isHere)
    write(row.querySelector('.peer-note'), noteOf(peer, isDone))
    write(row.querySelector('.peer-down'), peer.down > 0 ? `↓ ${rate(peer.down)}` : peer.up > 0 ? `↑ ${rate(peer.up)}` : '')
    write(row.querySelector('.peer-bytes'), bytes(peer.bytes))
    return row
  })
  if (rows.length !== list.children.length || rows.some((row, i) => list.children[i] !== row)) list.replaceChildren(...rows)
}

function write (element, text) {
  if (element.textContent !== text) element.textContent = text
}

function noteOf (peer, isDone) {
  if (!peer.isHere) return isDone ? 'done, connection closed' : 'connection closed'
  return [peer.transport, peer.isSeed ? 'has everything' : 'downloads too'].filter(Boolean).join(', ')
}

function peerRow (peer) {
  const row = document.createElement('li')
  row.dataset.id = peer.id
  const part = (name, className, text) => {
    const element = document.createElement(name)
    element.className = className
    element.textContent = text
    return element
  }
  const swatch = part('span', 'swatch', '')
  swatch.dataset.colour = String(peer.colour)
  const text = part('div', 'peer-text', '')
  text.append(part('p', 'peer-name', peer.name), part('p', 'peer-note soft', ''))
  const numbers = part('div', 'peer-numbers num', '')
  numbers.append(part('p', 'peer-bytes', ''), part('p', 'peer-down soft', ''))
  row.append(swatch, text, numbers)
  return row
}

export function showFileCount (files) {
  put('files-count', files.length > 1 ? String(files.length) : '')
}

// stats: the numbers of the Java side, or null if it does not answer
export function showSeeder (stats) {
  if (!stats) return put('seeder', 'The program that shares this does not answer.')
  if (stats.uploaded === 0 && stats.webrtcPeers + stats.otherPeers === 0) return put('seeder', 'The Java side has nobody to serve yet.')
  if (stats.webrtcPeers + stats.otherPeers === 0) return put('seeder', `The Java side has sent ${bytes(stats.uploaded)}.`)
  const browsers = count(stats.webrtcPeers, 'browser', 'browsers')
  const others = stats.otherPeers > 0 ? ` and ${count(stats.otherPeers, 'other peer', 'other peers')}` : ''
  put('seeder', `The Java side serves ${browsers}${others}: ${rate(stats.uploadRate)}, ${bytes(stats.uploaded)} in all.`)
}
