package org.webtorrent4j.metainfo;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A torrent description that is not valid; the message names the fault. */
public final class MetainfoException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A fault. */
  public MetainfoException(String message) {
    super(message);
  }

  /** A fault with its cause. */
  public MetainfoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
