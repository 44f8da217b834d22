// Joins the swarm with webtorrent.js and collects what the page shows.
import { Peers } from './peers.js'
import { fillIn } from './sha1.js'
import { BlobStore } from './store.js'

const MEMORY = 512e6 // bytes up to which the content is kept as blobs; more goes to the files of webtorrent.js

export class Refusal extends Error {
  constructor (title, hint) {
    super(title)
    this.title = title
    this.hint = hint
  }
}

async function load () {
  fillIn()
  try {
    return (await import('/webtorrent.min.js')).default
  } catch (e) {
    throw new Refusal('webtorrent.js cannot be loaded', e.message)
  }
}

// share: what /share.json says; about: the torrent of it
export async function join (share, about) {
  if (!globalThis.RTCPeerConnection) {
    throw new Refusal('This browser has no WebRTC', 'It is switched off or not there; a current Chrome, Firefox, Safari or Edge has it.')
  }
  const WebTorrent = await load()
  const response = await fetch(`/${about.infoHash}.torrent`)
  if (!response.ok) throw new Refusal('The torrent cannot be loaded', `The server says ${response.status}.`)
  await forget(share)
  const tracker = share.isPublic ? {} : { rtcConfig: { iceServers: [] } }
  const client = new WebTorrent({ tracker, webSeeds: false })
  return new Download(client, new Uint8Array(await response.arrayBuffer()), {
    announce: [`ws://${location.hostname}:${share.trackerPort}/announce`, ...share.trackers],
    store: about.length <= MEMORY ? BlobStore : undefined,
    strategy: 'sequential' // a player wants it so, and with many pieces the search for the rarest costs more than it gains
  })
}

// Its files are there on the next visit too; those of earlier shares would stay for ever.
async function forget (share) {
  if (!globalThis.navigator?.storage?.getDirectory) return
  try {
    const root = await navigator.storage.getDirectory()
    const kept = share.torrents.map(torrent => torrent.infoHash.slice(0, 8))
    const names = []
    for await (const name of root.keys()) names.push(name)
    const old = names.filter(name => !kept.some(hash => name.endsWith(` - ${hash}`)))
    await Promise.allSettled(old.map(name => root.removeEntry(name, { recursive: true })))
  } catch {
    // a private window may refuse; then nothing was kept either
  }
}

class Download {
  peers = new Peers()
  senders = new Uint16Array(0) // by piece: the number of the peer that sent it last
  #client
  #started = performance.now()
  #firstByte = 0
  #finished = 0
  #announced = 0
  #trackerFailed = false
  #error = null

  constructor (client, torrentFile, options) {
    this.#client = client
    client.on('error', e => this.#fail(e))
    this.torrent = client.add(torrentFile, options)
    this.torrent.on('error', e => this.#fail(e))
    this.torrent.on('metadata', () => { this.senders = new Uint16Array(this.torrent.pieces.length) })
    this.torrent.on('trackerAnnounce', () => { this.#announced ||= performance.now() })
    this.torrent.on('warning', () => { this.#trackerFailed = true })
    this.torrent.on('wire', wire => this.peers.add(wire, (piece, number) => {
      this.#firstByte ||= performance.now()
      this.senders[piece] = number
    }))
    this.torrent.on('verified', piece => this.peers.verified(this.senders[piece]))
    this.torrent.on('done', () => { this.#finished ||= performance.now() })
  }

  get client () { return this.#client }

  get isReady () { return this.torrent.ready }

  // How far a piece is, from 0 to 1; 1 = verified.
  part (piece) {
    const torrent = this.torrent
    if (torrent.bitfield.get(piece)) return 1
    const { length, missing } = torrent.pieces[piece]
    return Math.min(0.99, 1 - missing / length)
  }

  seconds () {
    return this.#firstByte ? ((this.#finished || performance.now()) - this.#firstByte) / 1000 : 0
  }

  facts () {
    const torrent = this.torrent
    const now = performance.now()
    return {
      error: this.#error,
      announced: this.#announced > 0,
      trackerFailed: this.#trackerFailed,
      waited: (now - (this.#announced || this.#started)) / 1000,
      isReady: torrent.ready,
      peers: torrent.numPeers,
      speed: torrent.downloadSpeed,
      downloaded: torrent.downloaded,
      length: torrent.length,
      isDone: torrent.ready && this.#finished > 0,
      fromBefore: this.#firstByte === 0
    }
  }

  #fail (e) {
    const isFull = /quota|space/i.test(e.message ?? '')
    this.#error ??= isFull
      ? { title: 'There is no room for it', hint: 'The browser allows this page no more storage.' }
      : { title: 'The download failed', hint: String(e.message ?? e) }
  }
}
