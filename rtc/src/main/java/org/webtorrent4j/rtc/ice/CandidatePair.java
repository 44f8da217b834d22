package org.webtorrent4j.rtc.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** An address of the peer, and what we know of the way there. */
final class CandidatePair {
  /** How often a request brings an address back that did not answer. */
  private static final int MAX_REVIVALS = 3;

  /** The same of an address that only a request has named, which may be somebody else's. */
  private static final int MAX_REFLEXIVE_REVIVALS = 1;

  final InetSocketAddress remote;
  IceCandidate.Type type;
  long remotePriority;
  State state = State.WAITING;
  @Nullable Check check;

  /** The peer asked for it first, so it goes before what is only in the list. */
  boolean isTriggered;

  /** The controlling end has chosen it, perhaps before we have found that it works. */
  boolean isNominated;

  /** When something authentic came from there last; 0 for never. */
  long lastHeard;

  /** The next check waits until then. */
  long notBefore;

  private int revivals;

  enum State {
    WAITING,
    IN_PROGRESS,
    SUCCEEDED,
    FAILED
  }

  CandidatePair(IceCandidate candidate) {
    this.remote = candidate.address();
    this.type = candidate.type();
    this.remotePriority = candidate.priority();
  }

  /** RFC 8445 6.1.2.3. */
  static long priority(long controlling, long controlled) {
    return (Math.min(controlling, controlled) << 32)
        + 2 * Math.max(controlling, controlled)
        + (controlling > controlled ? 1 : 0);
  }

  boolean hasSucceeded() {
    return state == State.SUCCEEDED;
  }

  /** The peer has sent something from there. */
  boolean mayRevive() {
    int most = type == IceCandidate.Type.PEER_REFLEXIVE ? MAX_REFLEXIVE_REVIVALS : MAX_REVIVALS;
    return state != State.FAILED || revivals++ < most;
  }

  /** No more is sent; a late answer to what was sent still counts. */
  void fail() {
    state = State.FAILED;
    isTriggered = false;
  }
}
