package org.webtorrent4j.webrtc.signal;

/** What a torrent's offers are for; where offers are scarce, the first ones come first. */
enum Need {
  /** It lacks something, and somebody may have it. */
  LEECH,
  /** It has everything, and somebody may lack it. */
  SEED,
  /** The tracker knows nobody else. */
  ALONE
}
