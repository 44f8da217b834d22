package org.webtorrent4j.tracker.server.swarm;

/** A request that is not served; the message names the fault and goes to the requester. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /** A refusal for this fault, which must not repeat what the requester wrote. */
  public Refusal(String fault) {
    // Refusals are many and their origin never looked at.
    super(fault, null, false, false);
  }

  /** What is wrong with the request. */
  public String fault() {
    return String.valueOf(getMessage());
  }
}
