// The map of pieces: one cell each, or one for several if there are very many. The height stays, whatever the number. Only cells that
// have changed are painted again, for the page should leave the processor to the download.
import { COLOURS } from './peers.js'

const MAX_CELL = 44 // CSS pixels
const MIN_CELL = 4
const STEPS = 8 // of a piece on its way that can be told apart
const GLOW = 600 // ms that a new piece stays bright

export class PieceMap {
  #canvas
  #context
  #download = null
  #colours = {}
  #columns = 1
  #width = 0 // of a cell with its gap, in CSS pixels
  #height = 0
  #painted = new Int16Array(0) // by cell: what it shows, so that it is only painted when that changes
  #arrived = new Float64Array(0) // by cell: when it became whole; 0 = it does not glow
  #isCalm = matchMedia('(prefers-reduced-motion: reduce)')

  constructor (canvas) {
    this.#canvas = canvas
    this.#context = canvas.getContext('2d')
    new ResizeObserver(() => this.#lay()).observe(canvas)
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#readColours())
    this.#readColours()
  }

  show (download) {
    this.#download = download
    this.#lay()
  }

  #readColours () {
    const style = getComputedStyle(document.documentElement)
    const read = name => style.getPropertyValue(name).trim()
    this.#colours = {
      card: read('--card'),
      empty: read('--empty'),
      kept: read('--kept'),
      glow: read('--glow'),
      peers: Array.from({ length: COLOURS }, (_, i) => read(`--peer-${i}`))
    }
    this.#painted.fill(-1)
  }

  // The largest cells with which all pieces fit, then stretched so that they fill the room.
  #lay () {
    const { clientWidth: width, clientHeight: height } = this.#canvas
    const ratio = devicePixelRatio || 1
    this.#canvas.width = Math.round(width * ratio)
    this.#canvas.height = Math.round(height * ratio)
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0)
    const pieces = this.#download?.senders.length ?? 0
    const room = side => Math.max(1, Math.floor(width / side)) * Math.max(1, Math.floor(height / side))
    let side = MAX_CELL
    while (side > MIN_CELL && room(side) < pieces) side -= 0.25
    const cells = Math.min(pieces, room(side))
    const rows = Math.max(1, Math.ceil(cells / Math.max(1, Math.floor(width / side))))
    this.#columns = Math.max(1, Math.ceil(cells / rows))
    this.#width = Math.min(MAX_CELL, (width + gap(side)) / this.#columns)
    this.#height = Math.min(MAX_CELL, (height + gap(side)) / rows)
    if (cells !== this.#arrived.length) this.#arrived = new Float64Array(cells)
    this.#painted = new Int16Array(cells).fill(-1)
  }

  draw (now) {
    const cells = this.#painted.length
    const pieces = this.#download?.senders.length ?? 0
    for (let cell = 0; cell < cells; cell++) {
      const from = Math.floor(cell * pieces / cells)
      const look = this.#look(from, Math.max(from + 1, Math.floor((cell + 1) * pieces / cells)))
      const code = look.sender * (STEPS + 1) + look.step
      if (code !== this.#painted[cell]) {
        const isNews = look.step === STEPS && look.sender > 0 && this.#painted[cell] >= 0
        this.#arrived[cell] = isNews && !this.#isCalm.matches ? now : 0
        this.#painted[cell] = code
      } else if (this.#arrived[cell] === 0) {
        continue
      }
      const age = this.#arrived[cell] === 0 ? 1 : (now - this.#arrived[cell]) / GLOW
      if (age >= 1) this.#arrived[cell] = 0
      this.#paint(cell, look, Math.max(0, 1 - age) ** 2)
    }
  }

  // How far these pieces are and who sent the first of them.
  #look (from, to) {
    let part = 0
    let sender = 0
    for (let piece = from; piece < to; piece++) {
      part += this.#download.part(piece)
      sender ||= this.#download.senders[piece]
    }
    return { step: Math.floor(STEPS * part / (to - from)), sender }
  }

  #paint (cell, { step, sender }, glow) {
    const { card, empty, kept, peers } = this.#colours
    const space = gap(Math.min(this.#width, this.#height))
    const x = (cell % this.#columns) * this.#width
    const y = Math.floor(cell / this.#columns) * this.#height
    const [width, height] = [this.#width - space, this.#height - space]
    const box = (colour, alpha) => {
      this.#context.globalAlpha = alpha
      this.#context.fillStyle = colour
      this.#context.beginPath()
      this.#context.roundRect(x, y, width, height, width > 8 ? 3 : width > 5 ? 1.5 : 0)
      this.#context.fill()
    }
    this.#context.globalAlpha = 1
    this.#context.fillStyle = card
    this.#context.fillRect(x - space / 2, y - space / 2, this.#width, this.#height)
    box(empty, 1)
    if (step === 0 && sender === 0) return
    const colour = sender === 0 ? kept : peers[(sender - 1) % COLOURS]
    box(colour, step === STEPS ? 1 : 0.2 + 0.4 * step / STEPS)
    if (glow > 0) box(this.#colours.glow, 0.75 * glow)
  }
}

function gap (side) {
  return side > 12 ? 3 : side > 6 ? 2 : 1
}
