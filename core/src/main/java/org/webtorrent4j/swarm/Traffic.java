package org.webtorrent4j.swarm;

/** How much a torrent moves, and how much it may. Confined to the event loop. */
final class Traffic {
  private final Swarm swarm;
  private final Session session;
  private final RateMeter download;
  private final RateMeter upload;
  private final RateLimiter downloadLimiter;
  private final RateLimiter uploadLimiter;
  private long wasted;

  Traffic(Swarm swarm, Session session) {
    long nanoTime = session.nanoTime();
    this.swarm = swarm;
    this.session = session;
    this.download = new RateMeter(nanoTime);
    this.upload = new RateMeter(nanoTime);
    this.downloadLimiter = new RateLimiter(0, nanoTime);
    this.uploadLimiter = new RateLimiter(0, nanoTime);
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

  RateLimiter downloadLimiter() {
    return downloadLimiter;
  }

  RateLimiter uploadLimiter() {
    return uploadLimiter;
  }

  /**
   * Lets up to {@code count} blocks be asked for; the torrent is told when more may.
   *
   * @return how many may be asked for now
   */
  int takeDownload(int count, int blockLength) {
    RateLimiter all = session.downloadLimiter();
    if (!all.isLimited() && !downloadLimiter.isLimited()) {
      return count;
    }
    long nanoTime = session.nanoTime();
    int taken = 0;
    while (taken < count && all.isOpen(nanoTime) && downloadLimiter.isOpen(nanoTime)) {
      all.take(blockLength);
      downloadLimiter.take(blockLength);
      taken++;
    }
    if (taken < count) {
      session.awaitTokens(swarm);
    }
    return taken;
  }

  /** Gives back what could not be used. */
  void returnDownload(int count, int blockLength) {
    session.downloadLimiter().take(-count * blockLength);
    downloadLimiter.take(-count * blockLength);
  }

  /** Whether bytes may be sent now; if not, the torrent is told when they may. */
  boolean isUploadOpen() {
    long nanoTime = session.nanoTime();
    boolean isOpen = session.uploadLimiter().isOpen(nanoTime) && uploadLimiter.isOpen(nanoTime);
    if (!isOpen) {
      session.awaitTokens(swarm);
    }
    return isOpen;
  }

  void takeUpload(int bytes) {
    session.uploadLimiter().take(bytes);
    uploadLimiter.take(bytes);
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
