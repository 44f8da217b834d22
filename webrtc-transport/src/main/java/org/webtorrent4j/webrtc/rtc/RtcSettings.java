package org.webtorrent4j.webrtc.rtc;

import java.time.Duration;
import java.util.List;
import org.webtorrent4j.webrtc.IceServer;

/**
 * What an engine is opened with.
 *
 * @param iceServers STUN and TURN servers; empty = host candidates only
 * @param minPort the first UDP port that may be used; 0 = any
 * @param maxPort the last UDP port that may be used; 0 = any
 * @param offerGatherTimeout how long an offer may wait for candidates, at the most, before it goes
 *     out with those there are
 * @param answerGatherTimeout the same for an answer
 * @param connectTimeout how long a channel may take to open once both descriptions are known
 * @param allowLoopback whether peers may be reached at addresses of this machine alone; an engine
 *     need not be able to
 */
public record RtcSettings(
    List<IceServer> iceServers,
    int minPort,
    int maxPort,
    Duration offerGatherTimeout,
    Duration answerGatherTimeout,
    Duration connectTimeout,
    boolean allowLoopback) {
  /** Copies the list. */
  public RtcSettings {
    iceServers = List.copyOf(iceServers);
  }

  /** Settings without addresses of this machine alone. */
  public RtcSettings(
      List<IceServer> iceServers,
      int minPort,
      int maxPort,
      Duration offerGatherTimeout,
      Duration answerGatherTimeout,
      Duration connectTimeout) {
    this(
        iceServers,
        minPort,
        maxPort,
        offerGatherTimeout,
        answerGatherTimeout,
        connectTimeout,
        false);
  }
}
