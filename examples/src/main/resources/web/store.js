// Keeps pieces as blobs, which the browser holds in memory and, if they get many, on disk. That is faster than the store that webtorrent.js
// brings, which writes each piece to a file of its own; and nothing of it is left when the tab is closed.
// The interface is that of abstract-chunk-store.

export class BlobStore {
  #pieces = []
  #isClosed = false

  constructor (chunkLength) {
    this.chunkLength = chunkLength
  }

  put (index, bytes, done = () => {}) {
    if (!this.#isClosed) this.#pieces[index] = new Blob([bytes])
    queueMicrotask(() => done(this.#isClosed ? new Error('the store is closed') : null))
  }

  get (index, range, done) {
    if (typeof range === 'function') return this.get(index, null, range)
    const piece = this.#pieces[index]
    if (!piece) return queueMicrotask(() => done(new Error(`piece ${index} is not here`)))
    const from = range?.offset ?? 0
    const to = range?.length ? from + range.length : piece.size
    piece.slice(from, to).arrayBuffer().then(buffer => done(null, new Uint8Array(buffer)), done)
  }

  close (done = () => {}) {
    this.#isClosed = true
    this.#pieces = []
    queueMicrotask(() => done(null))
  }

  destroy (done) {
    this.close(done)
  }
}
