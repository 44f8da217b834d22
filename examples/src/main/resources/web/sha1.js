// SHA-1 for pages that are neither from localhost nor https: browsers keep crypto.subtle from those, and webtorrent.js asks it for
// the hash of every piece.

const initial = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]

export function sha1 (message) {
  const length = message.length
  const padded = new Uint8Array(((length + 8) >> 6 << 6) + 64)
  padded.set(message)
  padded[length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(length / 0x20000000))
  view.setUint32(padded.length - 4, length << 3)
  const hash = Int32Array.from(initial)
  const words = new Int32Array(80)
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(at + 4 * i)
    mix(hash, words)
  }
  const result = new DataView(new ArrayBuffer(20))
  hash.forEach((word, i) => result.setInt32(4 * i, word))
  return result.buffer
}

// One block of 64 bytes (RFC 3174, 6.1).
function mix (hash, words) {
  for (let i = 16; i < 80; i++) {
    const word = words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16]
    words[i] = word << 1 | word >>> 31
  }
  let [a, b, c, d, e] = hash
  for (let i = 0; i < 80; i++) {
    let f
    if (i < 20) f = ((b & c) | (~b & d)) + 0x5a827999
    else if (i < 40) f = (b ^ c ^ d) + 0x6ed9eba1
    else if (i < 60) f = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
    else f = (b ^ c ^ d) + 0xca62c1d6
    const next = ((a << 5 | a >>> 27) + f + e + words[i]) | 0
    e = d
    d = c
    c = b << 30 | b >>> 2
    b = a
    a = next
  }
  hash[0] += a
  hash[1] += b
  hash[2] += c
  hash[3] += d
  hash[4] += e
}

// Gives webtorrent.js what it asks for, if the browser does not.
export function fillIn () {
  if (globalThis.crypto.subtle) return
  const digest = async (name, message) => {
    if (name.toLowerCase() !== 'sha-1') throw new Error(`no ${name} here`)
    return sha1(message)
  }
  Object.defineProperty(globalThis.crypto, 'subtle', { value: { digest } })
}
