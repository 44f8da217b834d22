package org.webtorrent4j;

/** How much a file is wanted. */
public enum FilePriority {
  /** Not at all; pieces that it shares with wanted files are downloaded all the same. */
  SKIP,
  /** As much as any other. */
  NORMAL,
  /** Before all that is {@link #NORMAL}. */
  HIGH
}
