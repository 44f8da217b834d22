package org.webtorrent4j;

import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;

/** One file of a torrent whose metadata is known. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class TorrentFile {
  private TorrentFile() {}

  /** Its place in {@link Torrent#files()}. */
  public int index() {
    throw new UnsupportedOperationException();
  }

  /** The last element of its path. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** Its path below the download folder, joined with slashes; begins with the torrent's name. */
  public String path() {
    throw new UnsupportedOperationException();
  }

  /** Its length in bytes. */
  public long length() {
    throw new UnsupportedOperationException();
  }

  /** Bytes of it that are verified and stored. */
  public long verifiedLength() {
    throw new UnsupportedOperationException();
  }

  /** How much it is wanted. */
  public FilePriority priority() {
    throw new UnsupportedOperationException();
  }

  /** Changes how much it is wanted. */
  public void priority(FilePriority priority) {
    throw new UnsupportedOperationException();
  }

  /**
   * Opens the file for reading from its beginning. Reads wait for pieces that are not there yet,
   * which are downloaded first, and fail with an {@link java.io.IOException} if the torrent fails,
   * is removed or its client is closed. Skipped files may be read too.
   */
  public InputStream openStream() {
    throw new UnsupportedOperationException();
  }

  /** Opens the file for reading at any position; like {@link #openStream()}. */
  public SeekableByteChannel openChannel() {
    throw new UnsupportedOperationException();
  }
}
