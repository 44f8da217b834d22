package org.webtorrent4j.rtc.ice;

import java.util.List;

/**
 * What the peer's session description says.
 *
 * @param isLite it answers checks and makes none itself
 */
public record RemoteIce(IceCredentials credentials, boolean isLite, List<IceCandidate> candidates) {
  public RemoteIce {
    candidates = List.copyOf(candidates);
  }
}
