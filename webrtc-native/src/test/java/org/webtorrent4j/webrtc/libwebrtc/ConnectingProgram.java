package org.webtorrent4j.webrtc.libwebrtc;

import static org.awaitility.Awaitility.await;

/** Connects a pair, for tests of other packages. */
public final class ConnectingProgram {
  /** Within a peer's window, so that one write takes all of it. */
  private static final int LENGTH = 300_000;

  private ConnectingProgram() {}

  /** Skips the test, loudly, where WebRTC has no network. */
  public static void assumeNetwork() {
    RtcHost.assumeNetwork();
  }

  /** Opens two engines, sends something from one to the other, and closes them. */
  public static void connectAndClose() {
    try (RtcHost ours = RtcHost.open();
        RtcHost theirs = RtcHost.open()) {
      TestPeer.Pair pair = ours.connect(theirs);
      pair.offerer().write(LENGTH);
      await().until(() -> pair.answerer().received.get() == LENGTH);
    }
  }
}
