package org.webtorrent4j.swarm;

/**
 * What may be done with the files of a torrent.
 *
 * @param isTrusted whether all of it is there and was hashed just now
 * @param isReadOnly whether it is only looked at: nothing is downloaded or changed on disk
 * @param isOverwriting whether files of other content may be written over
 * @param isProving whether each piece is hashed before it is first sent
 */
public record FileRules(
    boolean isTrusted, boolean isReadOnly, boolean isOverwriting, boolean isProving) {
  /** Something to be downloaded. */
  public static final FileRules DOWNLOADED = new FileRules(false, false, false, false);

  /** What was hashed just now, where it is. */
  public static final FileRules SEEDED = new FileRules(true, true, false, false);
}
