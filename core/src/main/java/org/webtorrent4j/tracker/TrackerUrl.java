package org.webtorrent4j.tracker;

import java.net.URI;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.net.UrlKind;

/**
 * An announce URL, checked: of a scheme that trackers have, with a host, and with a port where UDP
 * needs one. Two are equal if they differ only in what makes no difference: a scheme or host in
 * capitals, a dot behind the host, the port that goes without saying. Immutable.
 */
public final class TrackerUrl {
  private final Url url;

  private TrackerUrl(Url url) {
    this.url = url;
  }

  /**
   * Reads an announce URL as people write it: blanks around it are ignored, and what RFC 3986 does
   * not allow is escaped, such as {@code |} in the keys of some private trackers. A host name may
   * have underscores and letters of any alphabet.
   *
   * @throws TrackerException if no tracker can be there; the message names the URL and the fault
   */
  public static TrackerUrl parse(String text) throws TrackerException {
    try {
      return new TrackerUrl(UrlKind.TRACKER.parse(text));
    } catch (IllegalArgumentException e) {
      throw new TrackerException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The URL as a JDK type, which does not find a host that has an underscore. */
  public URI uri() {
    return url.uri();
  }

  /** {@code http}, {@code https}, {@code udp}, {@code ws} or {@code wss}. */
  public String scheme() {
    return url.scheme();
  }

  /** The URL as it was given, but with an ASCII host and escaped where it has to be. */
  @Override
  public String toString() {
    return url.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrackerUrl that && url.key().equals(that.url.key());
  }

  @Override
  public int hashCode() {
    return url.key().hashCode();
  }
}
