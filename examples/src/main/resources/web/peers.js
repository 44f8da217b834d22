// Who sent which piece. A peer keeps its colour when it leaves, for its pieces stay on the map.

export const COLOURS = 6

const NAMES = { WJ: 'webtorrent4j', WW: 'WebTorrent', WD: 'WebTorrent Desktop' }

export class Peers {
  #known = new Map() // by peer id
  #wires = new Map()

  // The number of a peer is what the map of pieces knows it by; 0 is nobody.
  add (wire, onPiece) {
    const id = wire.peerId
    let peer = this.#known.get(id)
    if (!peer) {
      const number = this.#known.size + 1
      peer = { id, number, colour: (number - 1) % COLOURS, name: nameOf(id), pieces: 0, bytes: 0, sent: 0 }
      this.#known.set(id, peer)
    }
    this.#wires.set(id, wire)
    wire.on('piece', (index, offset, data) => {
      peer.bytes += data.length
      onPiece(index, peer.number)
    })
    wire.on('upload', length => { peer.sent += length })
    wire.once('close', () => {
      if (this.#wires.get(id) === wire) this.#wires.delete(id)
    })
  }

  verified (number) {
    for (const peer of this.#known.values()) if (peer.number === number) peer.pieces++
  }

  // Bytes of pieces that went to others.
  sent () {
    return [...this.#known.values()].reduce((sum, peer) => sum + peer.sent, 0)
  }

  // Those that are here and those that sent something, in the order they came.
  list () {
    return [...this.#known.values()].flatMap(peer => {
      const wire = this.#wires.get(peer.id)
      if (!wire && peer.pieces === 0) return []
      return [{
        ...peer,
        isHere: wire !== undefined,
        isSeed: wire?.isSeeder === true,
        transport: wire?.type === 'webrtc' ? 'WebRTC' : wire?.type ?? '',
        down: wire ? wire.downloadSpeed() : 0,
        up: wire ? wire.uploadSpeed() : 0
      }]
    })
  }
}

// '-WJ0010-…' (BEP 20), in hexadecimal digits
function nameOf (id) {
  const letters = String.fromCharCode(parseInt(id.slice(2, 4), 16), parseInt(id.slice(4, 6), 16))
  return NAMES[letters] ?? 'Another client'
}
