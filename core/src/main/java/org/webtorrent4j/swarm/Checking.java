package org.webtorrent4j.swarm;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.storage.Check;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.storage.FileFault;
import org.webtorrent4j.storage.Storage;
import org.webtorrent4j.storage.TorrentStorage;

/**
 * Opens a torrent's storage, unless it is open, finds out which pieces are there, and settles whose
 * the files are. Has one life. Confined to the event loop.
 */
final class Checking {
  private static final Logger LOG = LoggerFactory.getLogger(Checking.class);

  private static final DiskIo.DoneHandler LOG_FAILURE =
      new DiskIo.DoneHandler() {
        @Override
        public void onDone() {}

        @Override
        public void onFailed(IOException cause) {
          LOG.debug("closing failed", cause);
        }
      };

  /** Told how it ended; not after it was cancelled, and never from inside a call. */
  interface Outcome {
    void onChecked(Bitfield verified, List<FileFault> faults);

    void onFailed(String message, IOException cause);
  }

  private final CheckQueue queue;
  private final DiskIo disk;
  private final Storage place;
  private final Content content;
  private final boolean isTrusted;
  private final Outcome outcome;
  private @Nullable Check check;
  private int checkedPieces;
  private boolean isEnded;

  Checking(Session session, Storage place, Content content, boolean isTrusted, Outcome outcome) {
    this.queue = session.checks();
    this.disk = session.disk();
    this.place = place;
    this.content = content;
    this.isTrusted = isTrusted;
    this.outcome = outcome;
  }

  void start() {
    queue.add(this);
  }

  /** Ends it without a word. */
  void cancel() {
    end();
    if (check != null) {
      check.cancel();
    }
  }

  /** How many pieces were looked at. */
  int checkedPieces() {
    return checkedPieces;
  }

  long totalLength() {
    return content.layout().totalLength();
  }

  /** It is its turn. */
  void begin() {
    TorrentStorage open = content.storage();
    if (open != null) {
      look(open);
      return;
    }
    disk.open(
        place,
        content.info(),
        new DiskIo.ResultHandler<>() {
          @Override
          public void onResult(TorrentStorage storage) {
            if (isEnded) {
              disk.close(storage, LOG_FAILURE);
            } else {
              content.opened(storage);
              look(storage);
            }
          }

          @Override
          public void onFailed(IOException cause) {
            fail("cannot open the storage", cause);
          }
        });
  }

  private void look(TorrentStorage storage) {
    if (isTrusted) {
      settle(storage, new Bitfield(content.full()));
      return;
    }
    check =
        disk.check(
            storage,
            content.info(),
            new DiskIo.CheckHandler() {
              @Override
              public void onProgress(int checked, int verified) {
                checkedPieces = checked;
              }

              @Override
              public void onChecked(Bitfield verified) {
                settle(storage, verified);
              }

              @Override
              public void onCheckFailed(IOException cause) {
                fail("cannot check what is there", cause);
              }
            });
  }

  private void settle(TorrentStorage storage, Bitfield verified) {
    if (isEnded) {
      return;
    }
    disk.settle(
        storage,
        content.plan(verified),
        new DiskIo.ResultHandler<>() {
          @Override
          public void onResult(List<FileFault> faults) {
            succeed(verified, faults);
          }

          @Override
          public void onFailed(IOException cause) {
            fail("cannot use the files", cause);
          }
        });
  }

  private void succeed(Bitfield verified, List<FileFault> faults) {
    if (!isEnded) {
      end();
      outcome.onChecked(verified, faults);
    }
  }

  private void fail(String message, IOException cause) {
    if (!isEnded) {
      end();
      outcome.onFailed(message, cause);
    }
  }

  private void end() {
    isEnded = true;
    queue.remove(this);
  }
}
