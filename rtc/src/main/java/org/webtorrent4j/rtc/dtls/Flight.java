package org.webtorrent4j.rtc.dtls;

import java.util.ArrayList;
import java.util.List;

/**
 * The messages that one side sends before it waits for the other: what is repeated when nothing
 * comes.
 */
final class Flight {
  private final List<Part> parts = new ArrayList<>();

  /** What becomes one record; in epoch 1 it is encrypted anew each time. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(int epoch, int type, byte[] bytes) {}

  Flight add(HandshakeMessage message) {
    parts.add(new Part(0, Records.HANDSHAKE, message.toBytes()));
    return this;
  }

  /** ChangeCipherSpec, and Finished as the first record of epoch 1. */
  Flight addFinished(HandshakeMessage finished) {
    parts.add(new Part(0, Records.CHANGE_CIPHER_SPEC, new byte[] {1}));
    parts.add(new Part(1, Records.HANDSHAKE, finished.toBytes()));
    return this;
  }

  List<Part> parts() {
    return parts;
  }
}
