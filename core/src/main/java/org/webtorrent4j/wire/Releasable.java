package org.webtorrent4j.wire;

/** Told that a buffer which it lent to a {@link WireOutput} is no longer needed. */
public interface Releasable {
  /**
   * One buffer is the lender's again: it was written or dropped. Called exactly once for each loan,
   * on the loop. Must not call the output back.
   */
  void release();
}
