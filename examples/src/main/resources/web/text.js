// How numbers are shown to people; units are decimal, as on disks and network lines.
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

export function bytes (count) {
  let unit = 0
  while (count >= 999.95 && unit < UNITS.length - 1) {
    count /= 1000
    unit++
  }
  return `${unit === 0 ? Math.round(count) : count.toFixed(1)} ${UNITS[unit]}`
}

export function rate (bytesPerSecond) {
  return `${bytes(bytesPerSecond)}/s`
}

// '12 s', '2:05 min', '1:00:00 h'
export function duration (seconds) {
  if (!Number.isFinite(seconds) || seconds >= 100 * 3600) return '–'
  const whole = Math.max(0, Math.round(seconds))
  const two = value => String(value).padStart(2, '0')
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)}:${two(whole % 60)} min`
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)} h`
}

// The same for what is over, '0.3 s' too.
export function timeTaken (seconds) {
  return seconds < 9.95 ? `${seconds.toFixed(1)} s` : duration(seconds)
}

export function count (number, one, many) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

// Rounded down: what is not whole is not 100 %.
export function percent (part) {
  return Math.floor(Math.min(1, Math.max(0, part)) * 100)
}

// Text of strangers without what turns it round, hides in it or breaks lines; joiners are parts of words and emoji.
export function shown (text) {
  return text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu, '?')
}

const TAIL = 12 // characters that are always seen of a name

// A name in two parts: the first may be cut, the other has the extension. Nothing that belongs together is parted.
export function headAndTail (name) {
  const parts = globalThis.Intl?.Segmenter
    ? Array.from(new Intl.Segmenter().segment(name), part => part.segment)
    : Array.from(name)
  const at = Math.max(0, parts.length - TAIL)
  return { head: parts.slice(0, at).join(''), tail: parts.slice(at).join('') }
}

// A name that file systems take.
export function safeName (name) {
  const safe = shown(name).replace(/[\\/:*?"<>|]/g, '_').replace(/[. ]+$/, '_')
  return safe === '' ? '_' : safe
}
