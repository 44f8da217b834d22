package org.webtorrent4j.storage;

import java.io.IOException;
import org.webtorrent4j.metainfo.FileEntry;

/** A file of a torrent is not what it should be, or cannot be read. */
public final class FileFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final int file;
  private final String reason;
  private final boolean isHarmless;

  private FileFault(FileEntry file, String reason, boolean isHarmless) {
    super(file.pathText() + " " + reason);
    this.file = file.index();
    this.reason = reason;
    this.isHarmless = isHarmless;
  }

  FileFault(FileEntry file, String reason) {
    this(file, reason, false);
  }

  FileFault(FileEntry file, String reason, IOException cause) {
    this(file, reason, false);
    initCause(cause);
  }

  /** A file does not hold any more what was hashed. */
  public static FileFault changed(FileEntry file) {
    return new FileFault(file, "has changed since it was hashed");
  }

  /** Something about a file whose bytes are right all the same. */
  static FileFault harmless(FileEntry file, String reason) {
    return new FileFault(file, reason, true);
  }

  /** Its place in the torrent's list of files. */
  public int file() {
    return file;
  }

  /** What is wrong: the rest of a sentence that begins with the file. */
  public String reason() {
    return reason;
  }

  /** Whether the torrent's bytes are right all the same. */
  public boolean isHarmless() {
    return isHarmless;
  }
}
