package org.webtorrent4j.rtc.sctp;

import java.nio.charset.StandardCharsets;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

/** The error causes of ABORT and ERROR (RFC 9260 §3.3.10). */
final class Causes {
  static final int STALE_COOKIE = 3;
  static final int UNRECOGNIZED_CHUNK = 6;
  static final int USER_ABORT = 12;
  static final int PROTOCOL_VIOLATION = 13;

  private static final int MAX_TEXT = 200;

  private Causes() {}

  /** Writes an ABORT chunk that says why. */
  static void writeAbort(PacketBuffer out, int cause, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, MAX_TEXT);
    out.beginChunk(Chunks.ABORT, 0);
    out.put16(cause);
    out.put16(4 + length);
    out.put(bytes, 0, length);
    out.endChunk();
  }

  /** The number of the first cause of an ABORT or ERROR chunk; 0 if there is none. */
  static int first(byte[] b, int at) {
    return Chunks.u16(b, at + 2) >= 8 ? Chunks.u16(b, at + 4) : 0;
  }
}
