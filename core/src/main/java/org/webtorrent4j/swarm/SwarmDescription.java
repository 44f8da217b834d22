package org.webtorrent4j.swarm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.storage.Storage;

/**
 * What a swarm is made from.
 *
 * @param infoHash which torrent
 * @param info its info dictionary; null if peers must be asked for it
 * @param tiers tracker URLs
 * @param storage where its bytes are
 * @param rules what may be done with its files
 * @param wanted the files that are wanted at first
 * @param isSequential whether pieces are asked for in order
 */
public record SwarmDescription(
    InfoHash infoHash,
    @Nullable Info info,
    List<List<String>> tiers,
    Storage storage,
    FileRules rules,
    WantedFiles wanted,
    boolean isSequential) {
  /** Copies the lists. */
  public SwarmDescription {
    tiers = tiers.stream().map(List::copyOf).toList();
  }
}
