package org.webtorrent4j;

import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;
import org.webtorrent4j.metainfo.FileEntry;

/** One file of a torrent whose metadata is known. Thread-safe. */
public final class TorrentFile {
  private final Torrent torrent;
  private final FileEntry entry;
  private final int index;
  private volatile FilePriority priority;

  TorrentFile(Torrent torrent, FileEntry entry, int index, FilePriority priority) {
    this.torrent = torrent;
    this.entry = entry;
    this.index = index;
    this.priority = priority;
  }

  /** Its place in {@link Torrent#files()}. */
  public int index() {
    return index;
  }

  /** Its place in the torrent's list, padding files counted. */
  int entryIndex() {
    return entry.index();
  }

  /** The last element of its path. */
  public String name() {
    return entry.name();
  }

  /** Its path below the download folder, joined with slashes; begins with the torrent's name. */
  public String path() {
    return entry.pathText();
  }

  /** Its length in bytes. */
  public long length() {
    return entry.length();
  }

  /** Bytes of it that are verified and stored. */
  public long verifiedLength() {
    return torrent.verifiedBytes(entry.offset(), entry.length());
  }

  /** How much it is wanted. */
  public FilePriority priority() {
    return priority;
  }

  /** Changes how much it is wanted. */
  public void priority(FilePriority newPriority) {
    Objects.requireNonNull(newPriority, "newPriority");
    priority = newPriority;
    torrent.priority(entry.index(), newPriority);
  }

  /**
   * Opens the file for reading from its beginning. Reads wait for pieces that are not there yet,
   * which are downloaded first, and fail with an {@link java.io.IOException} if the torrent fails,
   * is removed or its client is closed. Skipped files may be read too.
   */
  public InputStream openStream() {
    return new TorrentInputStream(torrent.openChannel(entry));
  }

  /**
   * Opens the file for reading at any position; like {@link #openStream()}. One thread at a time
   * may read; any thread may close.
   */
  public SeekableByteChannel openChannel() {
    return torrent.openChannel(entry);
  }

  @Override
  public String toString() {
    return path();
  }
}
