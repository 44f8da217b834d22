package org.webtorrent4j.swarm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Told how the removal of a torrent ended. Called on the event loop. */
public interface Removal {
  /**
   * It is gone.
   *
   * @param left files that were to be deleted and were not, since they are not the torrent's
   * @param cause why its files could not be closed or deleted, or null
   */
  void onRemoved(List<Path> left, @Nullable IOException cause);
}
