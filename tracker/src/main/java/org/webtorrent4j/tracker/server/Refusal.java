package org.webtorrent4j.tracker.server;

/** A request that is not served; the message names the fault and goes to the requester. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String fault) {
    super(fault);
  }

  String fault() {
    return String.valueOf(getMessage());
  }
}
