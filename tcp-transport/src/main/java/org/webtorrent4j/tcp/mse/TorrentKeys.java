package org.webtorrent4j.tcp.mse;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;

/**
 * Finds a torrent by what MSE knows it by, without a hash per torrent and connection. Torrents that
 * come and go are noticed when a key is not found, and only new ones are hashed then. Confined to
 * the event loop.
 */
public final class TorrentKeys {
  private final Map<ByteBuffer, InfoHash> byKey = new HashMap<>();
  private final Set<InfoHash> known = new HashSet<>();
  private @Nullable Collection<InfoHash> learned;

  /**
   * The torrent of a key.
   *
   * @param current the torrents of now; the same object as long as they are the same
   * @return null if there is none; what it gives may have ceased to be current
   */
  public @Nullable InfoHash find(byte[] torrentKey, Collection<InfoHash> current) {
    ByteBuffer key = ByteBuffer.wrap(torrentKey);
    InfoHash found = byKey.get(key);
    if (found == null && current != learned) {
      learn(current);
      found = byKey.get(key);
    }
    return found;
  }

  private void learn(Collection<InfoHash> current) {
    for (InfoHash infoHash : current) {
      if (known.add(infoHash)) {
        byKey.put(ByteBuffer.wrap(MseKeys.torrentKey(infoHash)), infoHash);
      }
    }
    if (known.size() > current.size()) {
      known.retainAll(new HashSet<>(current));
      byKey.values().retainAll(known);
    }
    learned = current;
  }
}
