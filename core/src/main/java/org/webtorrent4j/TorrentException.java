package org.webtorrent4j;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.file.FileFaults;

/** Misuse, bad input, or the failure of a torrent; the message is fit for a user. */
public final class TorrentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault that is told by its message. */
  public TorrentException(String message) {
    super(message);
  }

  /** A fault with its cause. */
  public TorrentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What could not be done with a file or folder, said once, and why. */
  static TorrentException of(String what, Path path, IOException cause) {
    return new TorrentException(what + " " + path + ": " + FileFaults.reason(path, cause), cause);
  }
}
