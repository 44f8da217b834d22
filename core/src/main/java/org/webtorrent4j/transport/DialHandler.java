package org.webtorrent4j.transport;

import java.io.IOException;

/** Told how a {@link Dialer#dial} ended; called once, on the event loop. */
public interface DialHandler {
  /** The connection is open and its encryption, if any, is settled. */
  void onConnected(Connection connection);

  /** It could not be opened. */
  void onFailed(IOException cause);
}
