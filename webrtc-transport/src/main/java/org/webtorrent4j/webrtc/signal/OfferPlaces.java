package org.webtorrent4j.webrtc.signal;

/** How many offers of ours there may be. Confined to the event loop. */
interface OfferPlaces {
  /** How many there may be that do not wait for an answer yet. */
  int left();

  /**
   * Takes places back for those who have no offer at all: of torrents that have several, or that
   * need theirs less.
   *
   * @param count how many places are wanted
   * @param need of who would get them
   * @return how many there are more
   */
  int free(int count, Need need);
}
