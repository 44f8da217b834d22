// What the page says about the download. A pure function of a few facts, so that no two parts of the page contradict each other.
import { bytes, count } from './text.js'

const PATIENCE = 10 // seconds until waiting gets an explanation

// facts: { error, isSharerGone, announced, trackerFailed, waited, isReady, peers, speed, downloaded, length, isDone, fromBefore }
export function stateOf (facts) {
  if (facts.error) return { name: 'error', pill: 'Error', title: facts.error.title, hint: facts.error.hint }
  if (facts.isDone) return done(facts)
  if (facts.peers > 0) return downloading(facts)
  if (facts.isSharerGone || (facts.trackerFailed && !facts.announced)) {
    return {
      name: 'unreachable',
      pill: 'No answer',
      title: facts.isSharerGone ? 'The other side has gone' : 'The tracker does not answer',
      hint: 'Is “webtorrent share” still running? This page keeps trying.'
    }
  }
  if (facts.isReady && facts.announced) return waiting(facts)
  return { name: 'connecting', pill: 'Connecting', title: 'Connecting', hint: 'Asking the tracker who has this.' }
}

// Two that have everything part, so having no peers any more is in order then.
function done ({ peers, fromBefore }) {
  return {
    name: 'complete',
    pill: peers > 0 ? 'Seeding' : 'Complete',
    title: 'Complete and verified',
    hint: fromBefore
      ? 'It was still here from the last visit; every piece was checked again.'
      : 'Every piece matches its hash. This tab shares them while it is open.'
  }
}

function downloading ({ peers, speed, downloaded, length }) {
  const from = count(peers, 'peer', 'peers')
  if (speed === 0 && downloaded < length) {
    return { name: 'downloading', pill: 'Connected', title: `Connected to ${from}`, hint: 'Waiting for the next bytes.' }
  }
  const hint = `${bytes(downloaded)} of ${bytes(length)}`
  return { name: 'downloading', pill: 'Downloading', title: `Downloading from ${from}`, hint }
}

function waiting ({ waited }) {
  return {
    name: 'waiting',
    pill: 'Waiting',
    title: 'Waiting for peers',
    hint: waited < PATIENCE
      ? 'The tracker has introduced us; browsers and Java shake hands now.'
      : 'Nobody has connected yet. A firewall or VPN may block UDP between the two sides.'
  }
}
