package org.webtorrent4j.examples;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
   * @param where the address and port in words
   * @throws TorrentException saying why, if it cannot listen there
   */
  static <T> T at(String where, Start<T> start) throws IOException {
    try {
      return start.start();
    } catch (IOException | TorrentException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          throw new TorrentException("cannot listen on " + where + ": " + why(cause), e);
        }
      }
      throw e;
    }
  }

  /** Finds out before long work whether one can listen there. */
  static void check(InetAddress address, int port) throws IOException {
    at(where(address, port), () -> new ServerSocket(port, 1, address)).close();
  }

  static String where(InetAddress address, int port) {
    return address.getHostAddress() + (port == 0 ? "" : ", port " + port);
  }

  private static String why(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("in use")) {
      return "another program has taken it";
    }
    return message.contains("assign") ? "this machine has no such address" : message;
  }
}
