// Shows one file: video, audio and images in place, anything else as a card.
import { blobOf } from './save.js'
import { bytes, shown } from './text.js'

const KINDS = {
  video: ['mp4', 'm4v', 'webm', 'ogv', 'mov', 'mkv'],
  audio: ['mp3', 'm4a', 'aac', 'ogg', 'oga', 'opus', 'wav', 'flac'],
  image: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'svg', 'bmp', 'ico']
}

export function extensionOf (name) {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}

export function kindOf (name) {
  const extension = extensionOf(name)
  return Object.keys(KINDS).find(kind => KINDS[kind].includes(extension)) ?? 'other'
}

// The file to begin with: what moves before what does not; the longest film, else the first in the list.
export function bestOf (files) {
  const kind = ['video', 'audio', 'image', 'other'].find(kind => files.some(file => kindOf(file.name) === kind))
  const those = files.filter(file => kindOf(file.name) === kind)
  return kind === 'video' ? those.reduce((a, b) => b.length > a.length ? b : a) : those[0]
}

export class Stage {
  #place
  #file = null
  #url = null
  #turn = 0 // counts what was asked for: an answer to an earlier question comes too late
  #stopWaiting = () => {}

  constructor (place) {
    this.#place = place
  }

  get file () { return this.#file }

  // Takes the room that the file will need, before anything of it is there.
  reserve (kind) {
    this.#place.dataset.kind = kind
  }

  // streams: whether a service worker stands between the page and webtorrent.js
  async show (file, streams) {
    const turn = ++this.#turn
    this.#file = file
    this.#release()
    const kind = kindOf(file.name)
    this.reserve(kind)
    if (kind === 'other') return this.#card(file, 'No preview; save it to open it.')
    // However long it is, and complete or not: only what is played is in memory.
    if (streams && kind !== 'image') return this.#element(kind, file, file.streamURL)
    if (!file.done) return this.#wait(kind, file, streams)
    try {
      const blob = await blobOf(file)
      if (turn === this.#turn) this.#element(kind, file, this.#own(blob))
    } catch (e) {
      if (turn === this.#turn) this.#card(file, `This browser cannot read it: ${e.message ?? e}`)
    }
  }

  #wait (kind, file, streams) {
    this.#card(file, kind === 'image'
      ? 'Shown as soon as it is complete.'
      : 'Plays as soon as it is complete. (From localhost or by https it would play at once.)')
    const onDone = () => this.show(file, streams)
    file.once('done', onDone)
    this.#stopWaiting = () => file.removeListener('done', onDone)
  }

  #own (blob) {
    this.#url = URL.createObjectURL(blob)
    return this.#url
  }

  #release () {
    this.#stopWaiting()
    this.#stopWaiting = () => {}
    if (this.#url) URL.revokeObjectURL(this.#url)
    this.#url = null
  }

  #element (kind, file, url) {
    const element = document.createElement(kind === 'image' ? 'img' : kind)
    if (kind === 'image') {
      element.alt = shown(file.name)
    } else {
      element.controls = true
      element.preload = 'auto'
      element.setAttribute('aria-label', shown(file.name))
      element.playsInline = true
    }
    element.addEventListener('error', () => {
      if (this.#file === file) this.#card(file, 'This browser cannot show this kind of file; save it instead.')
    }, { once: true })
    element.src = url
    if (kind === 'audio') this.#card(file, '', element)
    else this.#place.replaceChildren(element)
  }

  #card (file, text, player) {
    const card = document.createElement('div')
    card.className = 'file-card'
    const badge = document.createElement('span')
    badge.className = 'badge'
    badge.textContent = extensionOf(file.name).slice(0, 4) || 'file'
    badge.ariaHidden = 'true'
    const name = document.createElement('p')
    name.className = 'file-card-name'
    name.dir = 'auto'
    name.textContent = shown(file.name)
    const note = document.createElement('p')
    note.className = 'soft'
    note.textContent = text ? `${bytes(file.length)} · ${text}` : bytes(file.length)
    card.append(badge, name, note, ...(player ? [player] : []))
    this.#place.replaceChildren(card)
  }
}
