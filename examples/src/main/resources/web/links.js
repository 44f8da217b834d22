// Ways to give others what is shared: the address of the page, and the magnet link.
const THANKS = 2000 // ms

// hosts: what others may call the host of this page, from /share.json
export function showLinks (place, hosts, about) {
  const address = pageAddress(hosts)
  const copy = document.createElement('button')
  copy.type = 'button'
  copy.className = 'button'
  copy.textContent = 'Copy link'
  copy.title = address
  copy.addEventListener('click', async () => {
    copy.textContent = await copied(address) ? 'Copied' : 'Not copied'
    setTimeout(() => { copy.textContent = 'Copy link' }, THANKS)
  })
  const magnet = document.createElement('a')
  magnet.className = 'button'
  magnet.textContent = 'Magnet link'
  magnet.title = about.magnet
  magnet.href = about.magnet
  place.replaceChildren(copy, magnet)
}

// What is called localhost here is this machine only: others need one of its addresses, if it listens there.
export function pageAddress (hosts, here = location) {
  const url = new URL(here.href)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const other = hosts.find(host => host !== 'localhost' && host !== '127.0.0.1' && host !== '[::1]')
  if (isLocal && other) url.hostname = other
  return url.href
}

async function copied (text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedByHand(text) // browsers keep the clipboard from pages that are neither of https nor localhost
  }
}

function copiedByHand (text) {
  const field = document.createElement('textarea')
  field.value = text
  document.body.append(field)
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  return isCopied
}
