package org.webtorrent4j.swarm;

/** How much a torrent moves, and its share of what may be moved. Confined to the event loop. */
final class Traffic {
  private final RateMeter download;
  private final RateMeter upload;
  private final Share.OfTorrent downloads;
  private final Share.OfTorrent uploads;
  private long wasted;

  Traffic(Session session) {
    this.download = new RateMeter(session.nanoTime());
    this.upload = new RateMeter(session.nanoTime());
    this.downloads = session.downloads().torrent();
    this.uploads = session.memory().uploads().torrent();
  }

  RateMeter download() {
    return download;
  }

  RateMeter upload() {
    return upload;
  }

  /** Bytes that came and were not needed. */
  long wasted() {
    return wasted;
  }

  void countWasted(long bytes) {
    wasted += bytes;
  }

  Share.OfTorrent downloads() {
    return downloads;
  }

  Share.OfTorrent uploads() {
    return uploads;
  }

  /** Whether the rates tell of anything. */
  boolean isMoving() {
    return download.rate() > 0 || upload.rate() > 0;
  }

  void tick(long nanoTime) {
    download.tick(nanoTime);
    upload.tick(nanoTime);
  }
}
