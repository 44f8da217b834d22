package org.webtorrent4j.swarm;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.storage.FileFault;
import org.webtorrent4j.storage.TorrentStorage;

/**
 * Looks at the files once more when all that is wanted was stored: a torrent is complete when the
 * disk says so, not when the pieces were counted. If something is not there, everything is checked
 * and the download goes on. Confined to the event loop.
 */
final class LastLook {
  private static final Logger LOG = LoggerFactory.getLogger(LastLook.class);
  private static final int MAX_FRUITLESS = 2;

  private final Swarm swarm;
  private @Nullable Object running; // the look that is under way
  private boolean isDue;
  private int fruitless;

  LastLook(Swarm swarm) {
    this.swarm = swarm;
  }

  /** Whether something was stored since the last one. */
  boolean isDue() {
    return isDue;
  }

  void onStored() {
    isDue = true;
  }

  /** The files were looked at in a check. */
  void onChecked() {
    isDue = false;
  }

  /** Forgets a look that is under way. */
  void cancel() {
    running = null;
  }

  /** Looks, unless a look is under way; then tells the swarm. */
  void begin(Content content) {
    Bitfield have = content.have();
    TorrentStorage storage = content.storage();
    if (running != null || have == null || storage == null) {
      return;
    }
    Object look = new Object();
    running = look;
    isDue = false;
    swarm
        .session()
        .disk()
        .settle(
            storage,
            content.plan(have),
            new DiskIo.ResultHandler<>() {
              @Override
              public void onResult(List<FileFault> faults) {
                if (ends(look)) {
                  onLooked(content, faults);
                }
              }

              @Override
              public void onFailed(IOException cause) {
                if (ends(look)) {
                  swarm.fail("cannot finish the files", cause);
                }
              }
            });
  }

  private boolean ends(Object look) {
    boolean isCurrent = running == look;
    running = isCurrent ? null : running;
    return isCurrent;
  }

  private void onLooked(Content content, List<FileFault> faults) {
    faults.forEach(swarm::onFileFault);
    Optional<FileFault> lost = faults.stream().filter(fault -> !fault.isHarmless()).findFirst();
    if (isDue || swarm.hasMissing()) { // something else is wanted by now
      swarm.settle();
    } else if (lost.isEmpty() && content.hasAllWanted()) {
      fruitless = 0;
      swarm.onDownloaded();
    } else if (fruitless++ < MAX_FRUITLESS) {
      LOG.info("{} is not on disk as it was stored, checking it", swarm.infoHash());
      swarm.recheck();
    } else {
      swarm.fail(
          "the files do not stay as they are written",
          lost.isPresent() ? lost.get() : new IOException("some were changed"));
    }
  }
}
