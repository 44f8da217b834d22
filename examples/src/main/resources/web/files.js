// The list of files: what to show on the stage, and a way to save each.
import { kindOf } from './stage.js'
import { bytes, percent } from './text.js'

const VERBS = { video: 'Play', audio: 'Play', image: 'Show' }

export class FileList {
  #rows = []

  // A single file is shown anyway. onShow: called with a file when somebody wants to see it
  constructor (list, files, streams, onShow) {
    this.#rows = files.map(file => row(file, streams, files.length > 1 ? onShow : null))
    list.replaceChildren(...this.#rows.map(row => row.item))
  }

  update (shown) {
    for (const { file, item, state, save } of this.#rows) {
      const text = file.done ? bytes(file.length) : `${Math.min(99, percent(file.progress))} % of ${bytes(file.length)}`
      if (state.textContent !== text) state.textContent = text
      item.style.setProperty('--part', file.done ? 1 : file.progress)
      item.classList.toggle('is-done', file.done)
      if (shown === file) item.setAttribute('aria-current', 'true')
      else item.removeAttribute('aria-current')
      if (save.disabled && file.done) save.disabled = false
    }
  }
}

function row (file, streams, onShow) {
  const item = document.createElement('li')
  const text = document.createElement('div')
  text.className = 'file-text'
  const name = document.createElement('p')
  name.className = 'file-name'
  name.textContent = inFolder(file)
  name.title = file.path
  const state = document.createElement('p')
  state.className = 'soft num'
  text.append(name, state)
  const save = streams ? saveLink(file) : saveButton(file)
  const verb = VERBS[kindOf(file.name)]
  item.append(text, ...(verb && onShow ? [showButton(verb, file, onShow)] : []), save)
  return { file, item, state, save }
}

// The folder that they all share is the name of the torrent already.
function inFolder (file) {
  const parts = file.path.split('/')
  return parts.length > 1 ? parts.slice(1).join('/') : file.path
}

function showButton (verb, file, onShow) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button'
  button.textContent = verb
  button.setAttribute('aria-label', `${verb} ${file.name}`)
  button.addEventListener('click', () => onShow(file))
  return button
}

// The service worker answers with an attachment, which the browser writes to disk as the pieces come, however large it is.
function saveLink (file) {
  const link = document.createElement('a')
  link.className = 'button'
  link.textContent = 'Save'
  link.href = file.streamURL
  link.setAttribute('aria-label', `Save ${file.name}`)
  return link
}

function saveButton (file) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button'
  button.textContent = 'Save'
  button.disabled = true
  button.setAttribute('aria-label', `Save ${file.name}`)
  button.addEventListener('click', async () => {
    const url = URL.createObjectURL(await file.blob())
    const link = document.createElement('a')
    link.href = url
    link.download = file.name
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  })
  return button
}
