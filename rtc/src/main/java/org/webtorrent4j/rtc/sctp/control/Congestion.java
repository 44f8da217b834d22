package org.webtorrent4j.rtc.sctp.control;

/** Decides how many bytes may be on the way, and how fast they leave. */
public interface Congestion {
  /** A packet with DATA, and the bytes that a window counts for it. */
  int MTU = 1200;

  /** The window before anything is known. */
  int INITIAL_WINDOW = 10 * MTU;

  /** The least window, but after a time-out. */
  int MIN_WINDOW = 4 * MTU;

  /** A SACK has been worked in. */
  void onAck(AckSample ack, long now);

  /** Chunks were found lost outside of a SACK. */
  void onLost(long bytes, long now);

  /** The retransmission time-out passed: all that was on the way counts as lost. */
  void onTimeout(long now);

  /** Bytes that may be on the way. */
  long window();

  /** Bytes a second at which packets leave; {@link Long#MAX_VALUE} if nothing is known yet. */
  long pacingRate();
}
