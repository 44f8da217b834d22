package org.webtorrent4j.tracker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tracker refused, answered nonsense or could not be reached; the message is fit for a user. */
public final class TrackerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Duration retryAfter;

  /** A failure after which the usual back-off applies. */
  public TrackerException(String message) {
    super(message);
    this.retryAfter = null;
  }

  /** A failure with its cause, after which the usual back-off applies. */
  public TrackerException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = null;
  }

  /** A failure with the tracker's own wish for the next try (BEP 31). */
  public TrackerException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** What went wrong; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** When the tracker wants to be asked again; {@link #NEVER} = not at all. Empty = not told. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The wish never to be asked again. */
  public static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);
}
