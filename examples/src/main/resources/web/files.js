// The list of files, in their folders: what to show on the stage, and a way to save each or all.
import { saveAll, saveBlob } from './save.js'
import { kindOf } from './stage.js'
import { bytes, count, headAndTail, percent, shown } from './text.js'

const VERBS = { video: 'Play', audio: 'Play', image: 'Show' }
const FILTER_FROM = 9 // files
const OPEN_UP_TO = 24 // files: more are in closed folders, but for the first

export class FileList {
  #rows = []
  #folders = []
  #tools

  // list: where the rows go; tools: where the filter and the button for all go. A single file is shown anyway. onShow: called with a file
  // when somebody wants to see it
  constructor (list, tools, files, streams, onShow) {
    this.#tools = tools
    const groups = new Map()
    for (const file of files) {
      const row = makeRow(file, streams, files.length > 1 ? onShow : null)
      this.#rows.push(row)
      const folder = folderOf(file)
      if (!groups.has(folder)) groups.set(folder, [])
      groups.get(folder).push(row)
    }
    const top = groups.get('') ?? []
    groups.delete('')
    const parts = top.length > 0 ? [listOf(top)] : []
    for (const [folder, rows] of groups) {
      const isOpen = files.length <= OPEN_UP_TO || parts.length === 0
      const made = makeFolder(folder, rows, isOpen)
      this.#folders.push({ details: made, rows, isOpen })
      parts.push(made)
    }
    list.replaceChildren(...parts)
    if (files.length > 1) this.#addTools(files, streams)
  }

  update (current) {
    for (const { file, item, state, save } of this.#rows) {
      const text = file.done ? bytes(file.length) : `${Math.min(99, percent(file.progress))} % of ${bytes(file.length)}`
      if (state.textContent !== text) state.textContent = text
      item.style.setProperty('--part', file.done ? 1 : file.progress)
      item.classList.toggle('is-done', file.done)
      if (current === file) item.setAttribute('aria-current', 'true')
      else item.removeAttribute('aria-current')
      save?.update()
    }
  }

  #addTools (files, streams) {
    const all = saveAllButton(files, streams)
    if (files.length < FILTER_FROM) return this.#tools.replaceChildren(all)
    const filter = document.createElement('input')
    filter.type = 'search'
    filter.className = 'filter'
    filter.placeholder = 'Filter by name'
    filter.setAttribute('aria-label', 'Filter files by name')
    filter.addEventListener('input', () => this.#filter(filter.value.trim().toLowerCase()))
    this.#tools.replaceChildren(filter, all)
  }

  #filter (words) {
    for (const { file, item } of this.#rows) item.hidden = words !== '' && !file.path.toLowerCase().includes(words)
    for (const folder of this.#folders) {
      folder.details.hidden = folder.rows.every(row => row.item.hidden)
      if (words === '') folder.details.open = folder.isOpen
      else folder.details.open = true
    }
  }
}

// Below the folder that they all share, whose name is that of the torrent.
function folderOf (file) {
  return file.path.split('/').slice(1, -1).join('/')
}

function listOf (rows) {
  const list = document.createElement('ul')
  list.replaceChildren(...rows.map(row => row.item))
  return list
}

function makeFolder (name, rows, isOpen) {
  const details = document.createElement('details')
  details.className = 'folder'
  details.open = isOpen
  const summary = document.createElement('summary')
  const label = document.createElement('span')
  label.className = 'folder-name'
  label.dir = 'auto'
  label.textContent = shown(name)
  const size = document.createElement('span')
  size.className = 'soft num'
  size.textContent = `${count(rows.length, 'file', 'files')}, ${bytes(rows.reduce((sum, row) => sum + row.file.length, 0))}`
  summary.append(label, size)
  details.append(summary, listOf(rows))
  return details
}

function makeRow (file, streams, onShow) {
  const item = document.createElement('li')
  const text = document.createElement('div')
  text.className = 'file-text'
  const state = document.createElement('p')
  state.className = 'soft num'
  text.append(nameOf(file), state)
  const save = streams ? null : saveButton(file)
  const verb = VERBS[kindOf(file.name)]
  item.append(text, ...(verb && onShow ? [showButton(verb, file, onShow)] : []), save?.button ?? saveLink(file))
  return { file, item, state, save }
}

// Cut in the middle where there is no room, for the end tells what it is.
function nameOf (file) {
  const name = document.createElement('p')
  name.className = 'file-name'
  name.dir = 'auto'
  name.title = shown(file.path)
  for (const [className, part] of Object.entries(headAndTail(shown(file.name)))) {
    const span = document.createElement('span')
    span.className = className
    span.textContent = part
    name.append(span)
  }
  return name
}

function button (text, label, onClick) {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'button'
  made.textContent = text
  if (label) made.setAttribute('aria-label', label)
  made.addEventListener('click', onClick)
  return made
}

function showButton (verb, file, onShow) {
  return button(verb, `${verb} ${shown(file.name)}`, () => onShow(file))
}

// The service worker answers with an attachment, which the browser writes to disk as the pieces come, however large it is.
function saveLink (file) {
  const link = document.createElement('a')
  link.className = 'button'
  link.textContent = 'Save'
  link.href = file.streamURL
  link.setAttribute('aria-label', `Save ${shown(file.name)}`)
  return link
}

function saveButton (file) {
  let isSaving = false
  const made = button('Save', `Save ${shown(file.name)}`, async () => {
    if (isSaving) return
    isSaving = true
    update()
    try {
      await saveBlob(file)
      made.textContent = 'Save'
    } catch (e) {
      made.textContent = 'Failed'
      made.title = String(e.message ?? e)
    }
    isSaving = false
    update()
  })
  const update = () => { made.disabled = isSaving || !file.done }
  update()
  return { button: made, update }
}

function saveAllButton (files, streams) {
  const made = button('Save all', '', async () => {
    made.disabled = true
    made.title = ''
    try {
      await saveAll(files, streams, done => { made.textContent = `Saving ${done + 1} of ${files.length}` })
      made.textContent = 'Save all'
    } catch (e) {
      const isCancelled = e.name === 'AbortError'
      made.textContent = isCancelled ? 'Save all' : 'Not all saved'
      if (!isCancelled) made.title = String(e.message ?? e)
    }
    made.disabled = false
  })
  return made
}
