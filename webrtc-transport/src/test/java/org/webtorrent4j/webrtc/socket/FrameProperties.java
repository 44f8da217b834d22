package org.webtorrent4j.webrtc.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever bytes come, in whatever parts, the reader says what they mean or that they are bad. */
class FrameProperties {
  private static final class Messages implements FrameReader.Handler {
    final List<String> texts = new ArrayList<>();
    int frames;

    @Override
    public void onMessage(String text) {
      texts.add(text);
    }

    @Override
    public void onPing(byte[] payload) {
      assertTrue(payload.length <= 125);
    }

    @Override
    public void onFrame() {
      frames++;
    }
  }

  /** Gives a few bytes at a time. */
  private static InputStream trickling(byte[] bytes, long seed) {
    Random random = new Random(seed);
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] to, int from, int length) throws IOException {
        return super.read(to, from, length == 0 ? 0 : Math.min(length, 1 + random.nextInt(7)));
      }
    };
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 3000) byte[] bytes, @ForAll long seed)
      throws IOException {
    FrameReader reader = new FrameReader(trickling(bytes, seed), new Messages());
    try {
      while (reader.readFrame()) {
        assertEquals("", reader.closeReason());
      }
    } catch (ProtocolException | EOFException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isEmpty());
    }
  }

  /** What the writer writes is what a server's frames look like, but for the masks. */
  @Property
  void messagesSurviveAnyCut(
      @ForAll @Size(max = 5) List<@StringLength(max = 40_000) String> texts,
      @ForAll @IntRange(min = 1, max = 70_000) int part,
      @ForAll long seed)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<String> expected = new ArrayList<>();
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      expected.add(new String(utf8, StandardCharsets.UTF_8));
      write(bytes, utf8, Math.max(part, utf8.length / 50));
    }
    bytes.writeBytes(new byte[] {(byte) 0x88, 0});

    Messages messages = new Messages();
    FrameReader reader = new FrameReader(trickling(bytes.toByteArray(), seed), messages);
    while (reader.readFrame()) {
      assertTrue(messages.frames > 0);
    }

    assertEquals(expected, messages.texts);
  }

  private static void write(ByteArrayOutputStream out, byte[] utf8, int part) {
    int from = 0;
    do {
      int length = Math.min(part, utf8.length - from);
      boolean isFinal = from + length == utf8.length;
      out.write((isFinal ? 0x80 : 0) | (from == 0 ? Opcode.TEXT : Opcode.CONTINUATION));
      if (length < 126) {
        out.write(length);
      } else if (length < 65536) {
        out.write(126);
        out.write(length >> 8);
        out.write(length);
      } else {
        out.writeBytes(new byte[] {127, 0, 0, 0, 0, 0, (byte) (length >> 16)});
        out.write(length >> 8);
        out.write(length);
      }
      out.write(utf8, from, length);
      from += length;
    } while (from < utf8.length);
  }

  @Property(tries = 200)
  void writerAndAServerAgree(@ForAll @Size(max = 60_000) byte[] payload, @ForAll long seed)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FrameWriter(out, new Random(seed)).text(payload);

    ByteArrayOutputStream received = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    boolean isFinal = false;
    while (!isFinal) {
      int first = in.read();
      assertEquals(received.size() == 0 ? Opcode.TEXT : Opcode.CONTINUATION, first & 0x7f);
      isFinal = (first & 0x80) != 0;
      int length = in.read() - 0x80;
      length = length == 126 ? (in.read() << 8) | in.read() : length;
      assertTrue(length <= FrameWriter.MAX_PAYLOAD);
      byte[] mask = in.readNBytes(4);
      byte[] part = in.readNBytes(length);
      for (int i = 0; i < length; i++) {
        received.write(part[i] ^ mask[i & 3]);
      }
    }

    assertEquals(0, in.available());
    org.junit.jupiter.api.Assertions.assertArrayEquals(payload, received.toByteArray());
  }
}
