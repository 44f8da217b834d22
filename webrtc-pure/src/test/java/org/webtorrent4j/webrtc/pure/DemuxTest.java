package org.webtorrent4j.webrtc.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DemuxTest {
  private static final int LENGTH = 48;

  /** What would be both, but for its first byte. */
  private static byte[] stun(int first) {
    byte[] data = new byte[LENGTH];
    data[0] = (byte) first;
    data[1] = 1;
    data[3] = LENGTH - 20;
    data[4] = 0x21;
    data[5] = 0x12;
    data[6] = (byte) 0xa4;
    data[7] = 0x42;
    return data;
  }

  private static byte[] dtls(int first, int minor) {
    byte[] data = new byte[LENGTH];
    data[0] = (byte) first;
    data[1] = (byte) 0xfe;
    data[2] = (byte) minor;
    data[12] = LENGTH - 13;
    return data;
  }

  @Test
  void everyFirstByteHasOneMeaning() {
    for (int first = 0; first < 256; first++) {
      Demux.Kind ofStun = first <= 3 ? Demux.Kind.STUN : Demux.Kind.OTHER;
      boolean isDtls = first >= 20 && first <= 25;
      Demux.Kind ofDtls = isDtls ? Demux.Kind.DTLS : Demux.Kind.OTHER;

      assertEquals(ofStun, Demux.kind(stun(first), LENGTH), "STUN behind " + first);
      assertEquals(ofDtls, Demux.kind(dtls(first, 0xfd), LENGTH), "DTLS 1.2 behind " + first);
      assertEquals(ofDtls, Demux.kind(dtls(first, 0xff), LENGTH), "DTLS 1.0 behind " + first);
      assertEquals(Demux.Kind.OTHER, Demux.kind(dtls(first, 0xfc), LENGTH), "behind " + first);
    }
  }

  @Test
  void whatIsCutShortIsNothing() {
    for (int length = 0; length < LENGTH; length++) {
      assertEquals(Demux.Kind.OTHER, Demux.kind(stun(0), length));
      assertEquals(Demux.Kind.OTHER, Demux.kind(dtls(22, 0xfd), length));
    }
  }

  @Test
  void cookieMakesStun() {
    byte[] data = stun(0);
    data[7]++;

    assertEquals(Demux.Kind.OTHER, Demux.kind(data, LENGTH));
  }
}
