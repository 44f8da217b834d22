package org.webtorrent4j.swarm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;

/**
 * The torrents that were removed and have not gone yet. Their storage is closed at once, trackers
 * are told beside it; whoever removed one hears of it, whatever happens. Confined to the event
 * loop.
 */
final class Leaving {
  private final Set<One> all = new LinkedHashSet<>();
  private @Nullable Runnable whenAllAreGone;

  /** Removes a torrent; {@code done} is told on the loop when its storage is closed, once. */
  void add(Swarm swarm, boolean isDeleting, Removal done) {
    One one = new One(swarm.infoHash(), done);
    all.add(one);
    swarm.remove(isDeleting, one, one::onSaidGoodbye);
  }

  /** Runs something when a torrent with this info hash has let go of its storage: perhaps now. */
  void whenClosed(InfoHash infoHash, Runnable next) {
    for (One one : all) {
      if (one.infoHash.equals(infoHash) && !one.isClosed) {
        one.next.add(next);
        return;
      }
    }
    next.run();
  }

  /** Runs something when nobody is left: perhaps now. */
  void whenAllAreGone(Runnable then) {
    whenAllAreGone = then;
    check();
  }

  /** Nobody waits any more. */
  void abandon() {
    for (One one : List.copyOf(all)) {
      one.onRemoved(List.of(), new IOException("the client was closed before the storage was"));
    }
    all.clear();
    check();
  }

  private void check() {
    Runnable then = whenAllAreGone;
    if (then != null && all.isEmpty()) {
      whenAllAreGone = null;
      then.run();
    }
  }

  private final class One implements Removal {
    private final InfoHash infoHash;
    private final Removal done;
    private final List<Runnable> next = new ArrayList<>();
    private boolean isClosed;
    private boolean hasSaidGoodbye;

    One(InfoHash infoHash, Removal done) {
      this.infoHash = infoHash;
      this.done = done;
    }

    @Override
    public void onRemoved(List<Path> left, @Nullable IOException cause) {
      if (!isClosed) {
        isClosed = true;
        done.onRemoved(left, cause);
        next.forEach(Runnable::run);
        leave();
      }
    }

    void onSaidGoodbye() {
      hasSaidGoodbye = true;
      leave();
    }

    private void leave() {
      if (isClosed && hasSaidGoodbye) {
        all.remove(this);
        check();
      }
    }
  }
}
