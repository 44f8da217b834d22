package org.webtorrent4j.webrtc.sdp;

import java.util.stream.Collectors;

/** Our own descriptions, made into what is sent: complete ones, that nothing is to follow. */
public final class LocalSdp {
  private LocalSdp() {}

  /**
   * Leaves out the promise to trickle candidates, which lets some peers wait for more, and TCP
   * candidates, which nobody here would use.
   */
  public static String complete(String sdp) {
    return sdp.lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("a=ice-options:"))
        .filter(line -> !line.startsWith("a=candidate:") || !line.contains(" tcp "))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }
}
