package org.webtorrent4j.rtc.sctp;

/** Why an association ended. */
public enum SctpEnd {
  /** We closed it. */
  CLOSED,
  /** Both ends agreed, and what was written before has arrived. */
  SHUT_DOWN,
  /** The peer aborted it. */
  ABORTED,
  /** The peer broke the protocol, and we aborted it. */
  PROTOCOL
}
