// The map of pieces: one cell each, or one for several if there are very many. The height stays, whatever the number.
import { COLOURS } from './peers.js'

const MAX_CELL = 22
const MIN_CELL = 4
const GLOW = 600 // ms that a new piece stays bright

export class PieceMap {
  #canvas
  #download
  #arrived = null // by cell: when it became whole
  #whole = null
  #colours = []
  #cell = 0
  #columns = 0
  #cells = 0
  #isCalm = matchMedia('(prefers-reduced-motion: reduce)')

  constructor (canvas) {
    this.#canvas = canvas
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
    this.#colours = [read('--empty'), ...Array.from({ length: COLOURS }, (_, i) => read(`--peer-${i}`)), read('--kept'), read('--glow')]
  }

  // The largest cells with which all pieces fit.
  #lay () {
    const { clientWidth: width, clientHeight: height } = this.#canvas
    const ratio = devicePixelRatio || 1
    this.#canvas.width = Math.round(width * ratio)
    this.#canvas.height = Math.round(height * ratio)
    const pieces = this.#download?.senders.length || 0
    let cell = MAX_CELL
    while (cell > MIN_CELL && Math.floor(width / cell) * Math.floor(height / cell) < pieces) cell -= 0.5
    this.#cell = cell
    this.#columns = Math.max(1, Math.floor((width + gap(cell)) / cell))
    const rows = Math.max(1, Math.floor((height + gap(cell)) / cell))
    const cells = Math.min(pieces, this.#columns * rows)
    if (cells !== this.#cells) {
      this.#cells = cells
      this.#arrived = new Float64Array(cells)
      this.#whole = new Uint8Array(cells)
    }
  }

  draw (now) {
    const context = this.#canvas.getContext('2d')
    const ratio = devicePixelRatio || 1
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
    if (!this.#download?.isReady) return
    const pieces = this.#download.senders.length
    if (this.#cells === 0) this.#lay()
    const side = this.#cell - gap(this.#cell)
    // A last row that is nearly empty looks broken less if rows are filled evenly.
    for (let i = 0; i < this.#cells; i++) {
      const from = Math.floor(i * pieces / this.#cells)
      const to = Math.max(from + 1, Math.floor((i + 1) * pieces / this.#cells))
      const { part, sender } = this.#look(from, to)
      const x = (i % this.#columns) * this.#cell
      const y = Math.floor(i / this.#columns) * this.#cell
      this.#paint(context, i, x, y, side, part, sender, now)
    }
    context.globalAlpha = 1
  }

  #look (from, to) {
    let part = 0
    let sender = 0
    for (let piece = from; piece < to; piece++) {
      part += this.#download.part(piece)
      sender ||= this.#download.senders[piece]
    }
    return { part: part / (to - from), sender }
  }

  #paint (context, i, x, y, side, part, sender, now) {
    const radius = side > 8 ? 3 : side > 5 ? 1.5 : 0
    const box = colour => {
      context.fillStyle = colour
      context.beginPath()
      context.roundRect(x, y, side, side, radius)
      context.fill()
    }
    context.globalAlpha = 1
    box(this.#colours[0])
    if (part === 0) return
    const colour = sender === 0 ? this.#colours[COLOURS + 1] : this.#colours[1 + (sender - 1) % COLOURS]
    context.globalAlpha = part === 1 ? 1 : 0.2 + 0.4 * part
    box(colour)
    if (part < 1) return
    if (!this.#whole[i]) {
      this.#whole[i] = 1
      this.#arrived[i] = sender === 0 ? 0 : now
    }
    const age = this.#arrived[i] ? (now - this.#arrived[i]) / GLOW : 1
    if (age >= 1 || this.#isCalm.matches) return
    context.globalAlpha = 0.75 * (1 - age) ** 2
    box(this.#colours[COLOURS + 2])
  }
}

function gap (cell) {
  return cell > 12 ? 3 : cell > 6 ? 2 : 1
}
