package org.webtorrent4j.webrtc.sdp;

import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

/**
 * A session description from a stranger, checked and rebuilt from those of its lines that a data
 * channel needs; as text for engines that have a parser of their own, and as values for others.
 *
 * @param text what is left, with the line ends of the standard
 * @param userFragment of ICE: 4 to 256 characters
 * @param password of ICE: 22 to 256 characters
 * @param fingerprints one at least
 * @param setup who begins DTLS; empty if it does not say
 * @param mid the name of the only media section; an empty text if it has none
 * @param sctpPort usually 5000
 * @param maxMessageSize the longest message that the peer takes, in bytes
 * @param candidates those to try, 50 at most
 */
public record RemoteSdp(
    String text,
    String userFragment,
    String password,
    List<Fingerprint> fingerprints,
    Optional<Setup> setup,
    String mid,
    int sctpPort,
    int maxMessageSize,
    List<RemoteCandidate> candidates) {
  /** Copies the lists. */
  public RemoteSdp {
    fingerprints = List.copyOf(fingerprints);
    candidates = List.copyOf(candidates);
  }

  /** Who begins the DTLS handshake (RFC 8842). */
  public enum Setup {
    /** The one who says so. */
    ACTIVE,
    /** The other one. */
    PASSIVE,
    /** The one who answers decides. */
    ACTPASS
  }

  /**
   * Checks and reduces a description. What came out of this comes out of it again unchanged.
   *
   * @throws ProtocolException if no data channel can come of it
   */
  public static RemoteSdp parse(String sdp) throws ProtocolException {
    return parse(sdp, false);
  }

  /**
   * {@link #parse(String)}, but perhaps with candidates on this machine alone.
   *
   * @param allowLoopback whether those are kept
   */
  public static RemoteSdp parse(String sdp, boolean allowLoopback) throws ProtocolException {
    return new SdpReader(allowLoopback).read(sdp);
  }
}
