package org.webtorrent4j.tracker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReplyReaderTest {
  private static final int MAX_BODY = 1000;
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static HttpReply read(byte[] bytes) throws IOException {
    return new HttpReplyReader(new ByteArrayInputStream(bytes), MAX_BODY).read();
  }

  private static HttpReply read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String body(String text) throws IOException {
    return new String(read(text).body(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] join(String head, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void bodyHasTheLengthThatWasAnnounced() throws IOException {
    assertEquals("abc", body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"));
  }

  @Test
  void bodyWithoutLengthEndsWithTheConnection() throws IOException {
    assertEquals("abcdef", body("HTTP/1.0 200\r\n\r\nabcdef"));
  }

  @Test
  void chunksAreJoined() throws IOException {
    assertEquals(
        "test12340123456789abcdef",
        body(CHUNKED + "4\r\ntest\r\n4\r\n1234\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n"));
    assertEquals("test", body(CHUNKED + "4;comment\r\ntest\r\n0\r\nTrailer: x\r\n\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-10\r\n",
        "-53465234545\r\n",
        "7FFFFFFFFFFFFFBF\r\n",
        "FFFFFFFFFFFFFFFFF\r\n",
        "100001\r\n",
        "x\r\n",
        "\r\n",
        "20\r\ntest",
        "4\r\ntest1234\r\n",
        "4\r\ntest\r\n18\r\n1234",
        "4\r\ntest\r\n"
      })
  void badChunksAreAnError(String chunks) {
    assertThrows(IOException.class, () -> read(CHUNKED + chunks));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-45345", "9999999999999999999999999999", "1048577", "x", "", "4"})
  void badLengthsAreAnError(String length) {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";

    assertThrows(IOException.class, () -> read(head + "abc"));
  }

  @Test
  void lineFeedsAloneAndInterimAnswersAreFine() throws IOException {
    assertEquals("ok", body("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nX: y\n\nok"));
  }

  @Test
  void interimAnswersWithoutEndAreAnError() {
    String reply = "HTTP/1.1 100 Continue\r\n\r\n".repeat(100);

    assertThrows(IOException.class, () -> read(reply + "HTTP/1.1 200 OK\r\n\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-x\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/2 200\r\n\r\n"
      })
  void otherProtocolsAreAnError(String reply) {
    assertThrows(IOException.class, () -> read(reply));
  }

  @Test
  void packedBodiesAreUnpacked() throws IOException {
    byte[] content = "d8:intervali9ee".getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(content);
    }

    String head = "HTTP/1.1 200 OK\r\nContent-Encoding: ";
    HttpReply gzip = read(join(head + "GZIP\r\n\r\n", gzip(content)));
    HttpReply deflate = read(join(head + "deflate\r\n\r\n", deflated.toByteArray()));

    assertEquals("d8:intervali9ee", new String(gzip.body(), StandardCharsets.ISO_8859_1));
    assertEquals("d8:intervali9ee", new String(deflate.body(), StandardCharsets.ISO_8859_1));
  }

  @Test
  void unknownPackingIsAnError() {
    assertThrows(IOException.class, () -> read("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx"));
  }

  @Test
  void bodiesAreBoundedAsTheyComeAndUnpacked() throws IOException {
    byte[] most = new byte[MAX_BODY];
    byte[] tooMuch = new byte[MAX_BODY + 1];
    String plain = "HTTP/1.1 200 OK\r\n\r\n";
    String packed = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";

    assertEquals(most.length, read(join(plain, most)).body().length);
    assertEquals(most.length, read(join(packed, gzip(most))).body().length);
    assertThrows(IOException.class, () -> read(join(plain, tooMuch)));
    assertThrows(IOException.class, () -> read(join(packed, gzip(tooMuch))));
  }

  @Test
  void headersAreBounded() {
    String endless = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000);

    IOException e = assertThrows(IOException.class, () -> read(endless));
    assertEquals("headers of more than 65536 bytes", e.getMessage());
  }

  @Property
  void anyBytesAreAnAnswerOrAnError(@ForAll byte[] bytes) {
    for (String head :
        new String[] {"", CHUNKED, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"}) {
      try {
        read(join(head, bytes));
      } catch (IOException e) {
        assertFalse(String.valueOf(e.getMessage()).isEmpty());
      }
    }
  }
}
