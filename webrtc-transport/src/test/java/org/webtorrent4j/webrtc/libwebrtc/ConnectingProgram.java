package org.webtorrent4j.webrtc.libwebrtc;

import static org.awaitility.Awaitility.await;

/** Connects a pair, for tests of other packages. */
public final class ConnectingProgram {
  private ConnectingProgram() {}

  /** Skips the test, loudly, where WebRTC has no network. */
  public static void assumeNetwork() {
    RtcHost.assumeNetwork();
  }

  /** Opens two engines, sends a megabyte from one to the other, and closes them. */
  public static void connectAndClose() {
    try (RtcHost ours = RtcHost.open();
        RtcHost theirs = RtcHost.open()) {
      TestPeer.Pair pair = ours.connect(theirs);
      pair.offerer().write(1_000_000);
      await().until(() -> pair.answerer().received.get() == 1_000_000);
    }
  }
}
