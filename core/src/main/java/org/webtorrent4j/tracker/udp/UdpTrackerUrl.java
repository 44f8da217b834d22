package org.webtorrent4j.tracker.udp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.webtorrent4j.net.Url;

/** The URL of a UDP tracker, checked, and the part of it that announces carry (BEP 41). */
final class UdpTrackerUrl {
  private static final int URL_DATA = 2;
  private static final int MAX_CHUNK = 255;

  /** So that an announce fits into a datagram which is not cut into pieces on its way. */
  private static final int MAX_LENGTH = 1024;

  private final Url url;
  private final byte[] options;

  private UdpTrackerUrl(Url url, byte[] options) {
    this.url = url;
    this.options = options;
  }

  /**
   * A URL that is fit for a UDP tracker.
   *
   * @throws IllegalArgumentException if it is not; the message says why
   */
  static UdpTrackerUrl of(Url url) {
    if (url.port() < 0) {
      throw new IllegalArgumentException("a UDP tracker without a port");
    }
    byte[] data = url.pathAndQuery().getBytes(StandardCharsets.US_ASCII);
    if (data.length > MAX_LENGTH) {
      throw new IllegalArgumentException("a path of " + data.length + " bytes");
    }
    return new UdpTrackerUrl(url, options(data));
  }

  Url url() {
    return url;
  }

  /**
   * What follows an announce: path and query in chunks, or nothing if there are none.
   *
   * <pre>
   * 2 (1) | length (1) | bytes | 2 | length | bytes | ...
   * </pre>
   */
  byte[] options() {
    return options.clone();
  }

  private static byte[] options(byte[] data) {
    ByteArrayOutputStream options = new ByteArrayOutputStream();
    for (int from = 0; from < data.length; from += MAX_CHUNK) {
      int length = Math.min(MAX_CHUNK, data.length - from);
      options.write(URL_DATA);
      options.write(length);
      options.write(data, from, length);
    }
    return options.toByteArray();
  }
}
