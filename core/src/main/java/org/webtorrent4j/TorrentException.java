package org.webtorrent4j;

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
}
