package org.webtorrent4j.metainfo;

import java.util.List;
import java.util.Optional;

/** A checked info dictionary. Immutable. */
@SuppressWarnings("DoNotCallSuggester")
public final class Info {
  private Info() {}

  /**
   * Reads and checks the bytes of an info dictionary.
   *
   * @throws MetainfoException if it is not valid; the message names the fault
   */
  public static Info parse(byte[] bytes) throws MetainfoException {
    throw new UnsupportedOperationException();
  }

  /** The bytes of the dictionary as they were given; a copy. */
  public byte[] bytes() {
    throw new UnsupportedOperationException();
  }

  /** SHA-1 of the bytes if the torrent has v1 pieces, else their SHA-256. */
  public InfoHash infoHash() {
    throw new UnsupportedOperationException();
  }

  /** SHA-256 of the bytes if the torrent has a v2 file tree (BEP 52). */
  public Optional<InfoHash> infoHashV2() {
    throw new UnsupportedOperationException();
  }

  /** Whether it has v1 pieces, which is what transfers need. */
  public boolean isV1() {
    throw new UnsupportedOperationException();
  }

  /** A safe name for the file or folder. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** Whether peers may come from its trackers only (BEP 27). */
  public boolean isPrivate() {
    throw new UnsupportedOperationException();
  }

  /** Whether it describes one file and no folder. */
  public boolean isSingleFile() {
    throw new UnsupportedOperationException();
  }

  /** All files in their order, padding files included. */
  public List<FileEntry> files() {
    throw new UnsupportedOperationException();
  }

  /** Length of all files, padding included, in bytes. */
  public long totalLength() {
    throw new UnsupportedOperationException();
  }

  /** Length of every piece but the last in bytes. */
  public int pieceLength() {
    throw new UnsupportedOperationException();
  }

  /** How many pieces there are. */
  public int pieceCount() {
    throw new UnsupportedOperationException();
  }

  /** SHA-1 of a v1 piece: a new array of 20 bytes. */
  public byte[] pieceHash(int piece) {
    throw new UnsupportedOperationException();
  }
}
