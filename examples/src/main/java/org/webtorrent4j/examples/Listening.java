package org.webtorrent4j.examples;

import java.io.IOException;
import java.net.BindException;
import org.webtorrent4j.TorrentException;

/** Starts what listens at a port; tells in words why it cannot. */
final class Listening {
  private Listening() {}

  /** Something that is started. */
  interface Start<T> {
    T start() throws IOException;
  }

  /**
   * Starts it.
   *
   * @throws TorrentException naming the port, if that cannot be had
   */
  static <T> T at(int port, Start<T> start) throws IOException {
    try {
      return start.start();
    } catch (IOException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          throw new TorrentException("cannot listen on port " + port + ": " + why(cause), e);
        }
      }
      throw e;
    }
  }

  private static String why(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("in use") ? "another program has taken it" : message;
  }
}
