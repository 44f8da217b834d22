package org.webtorrent4j.tracker.server.swarm;

import org.jspecify.annotations.Nullable;

/**
 * Something that is kept for an address, and its neighbours in the list of {@link Shares}: a list
 * of its own would weigh more than many a peer. For a lock of its owner.
 *
 * @param <T> the type itself
 */
public class Held<T extends Held<T>> {
  Shares.@Nullable Share<T> share;
  @Nullable T earlier;
  @Nullable T later;

  /** Not held by anybody yet. */
  protected Held() {}
}
