// Saving files: one, or all of them.
import { safeName } from './text.js'

const SLICE = 8 << 20 // bytes that are in memory at a time
const LINK_PAUSE = 500 // ms between two downloads that the browser is asked for

// The whole file as a blob, made of slices: the browser moves those to disk, which it cannot do with one buffer of all.
export async function blobOf (file) {
  const parts = []
  for (let start = 0; start < file.length; start += SLICE) {
    parts.push(await file.blob({ start, end: Math.min(file.length, start + SLICE) - 1 }))
  }
  return new Blob(parts, { type: file.type || parts[0]?.type || '' })
}

// A complete file, where no service worker can stream it.
export async function saveBlob (file) {
  const url = URL.createObjectURL(await blobOf(file))
  click(url, file.name)
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

// Saves everything, into a folder where browsers have such a thing, else as single downloads. onStep: called with how many are done.
export async function saveAll (files, streams, onStep) {
  if (globalThis.showDirectoryPicker) return intoFolder(files, await showDirectoryPicker({ mode: 'readwrite' }), onStep)
  for (const [index, file] of files.entries()) {
    onStep(index)
    if (streams) click(file.streamURL, '')
    else await saveBlob(file)
    await new Promise(resolve => setTimeout(resolve, LINK_PAUSE))
  }
}

async function intoFolder (files, root, onStep) {
  for (const [index, file] of files.entries()) {
    onStep(index)
    const parts = file.path.split('/').map(safeName)
    const name = parts.pop()
    let folder = root
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true })
    const target = await folder.getFileHandle(name, { create: true })
    // Pieces that are not here yet are waited for.
    await file.stream().pipeTo(await target.createWritable())
  }
}

function click (url, name) {
  const link = document.createElement('a')
  link.href = url
  if (name) link.download = name
  link.click()
}
