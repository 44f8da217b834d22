package org.webtorrent4j.piece;

/** How much a piece is wanted. */
public enum Priority {
  /** Not at all. */
  SKIP,
  /** As much as most. */
  NORMAL,
  /** Before all that are normal. */
  HIGH
}
