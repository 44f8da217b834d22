package org.webtorrent4j;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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
    return new TorrentException(what + " " + path + ": " + reason(path, cause), cause);
  }

  private static String reason(Path path, IOException cause) {
    String reason = cause.getMessage();
    if (cause instanceof FileSystemException failure) { // its message begins with the file
      reason = failure.getReason();
      if (cause instanceof NoSuchFileException) {
        reason = "does not exist";
      } else if (cause instanceof AccessDeniedException) {
        reason = "permission denied";
      }
      String file = failure.getFile();
      if (file != null && !file.equals(path.toString())) {
        reason = file + ": " + reason;
      }
    }
    if (reason == null) {
      return cause.toString();
    }
    return reason.startsWith(path + ": ") ? reason.substring(path.toString().length() + 2) : reason;
  }
}
