package org.webtorrent4j.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BencodeWriterTest {
  @Test
  void keysAreSortedAsUnsignedBytes() {
    byte[] written =
        new BencodeWriter()
            .beginDict()
            .key(new byte[] {(byte) 0xff})
            .integer(1)
            .put("b", "x")
            .key("aa")
            .beginList()
            .integer(-1)
            .beginDict()
            .put("z", 1)
            .put("y", new byte[2])
            .end()
            .end()
            .put("a", 2)
            .end()
            .toByteArray();

    assertEquals("d1:ai2e2:aali-1ed1:y2:\0\0" + "1:zi1eee1:b1:x1:\u00ffi1ee", text(written));
  }

  @Test
  void rawValuesAndPayloadsAreKeptAsTheyAre() {
    byte[] written =
        new BencodeWriter()
            .beginDict()
            .put("z", 1)
            .key("info")
            .raw("d1:b0:1:a0:e".getBytes(ISO_8859_1))
            .end()
            .raw("payload".getBytes(ISO_8859_1))
            .toByteArray();

    assertEquals("d4:infod1:b0:1:a0:e1:zi1eepayload", text(written));
  }

  @Test
  void textIsUtf8() {
    assertArrayEquals(
        new byte[] {'2', ':', (byte) 0xc3, (byte) 0xa9},
        new BencodeWriter().string("\u00e9").toByteArray());
  }

  @Test
  void misuseIsRefused() {
    BencodeWriter twice = new BencodeWriter().beginDict().put("a", 1).put("b", 1).put("a", 2);

    assertThrows(IllegalStateException.class, twice::end);
    assertThrows(IllegalStateException.class, () -> new BencodeWriter().end());
    assertThrows(IllegalStateException.class, () -> new BencodeWriter().key("a"));
    assertThrows(IllegalStateException.class, () -> new BencodeWriter().beginDict().integer(1));
    assertThrows(IllegalStateException.class, () -> new BencodeWriter().beginDict().key("a").end());
    assertThrows(
        IllegalStateException.class, () -> new BencodeWriter().beginDict().key("a").key("b"));
    assertThrows(IllegalStateException.class, () -> new BencodeWriter().beginList().put("a", 1));
    assertThrows(IllegalStateException.class, () -> new BencodeWriter().beginList().toByteArray());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
