package org.webtorrent4j.tracker.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Reads one HTTP/1.1 answer of a stranger, within limits (RFC 9112). For one thread, and once. */
final class HttpReplyReader {
  private static final int MAX_HEAD = 64 << 10;
  private static final int MAX_INTERIM = 5;

  private final InputStream in;
  private final int maxBody;
  private int headBytes;

  /**
   * A reader.
   *
   * @param maxBody how long the body may be, as it comes and unpacked
   */
  HttpReplyReader(InputStream in, int maxBody) {
    this.in = in;
    this.maxBody = maxBody;
  }

  HttpReply read() throws IOException {
    int status = readStatus();
    Map<String, String> headers = readHeaders();
    for (int i = 0; status / 100 == 1; i++) {
      if (i == MAX_INTERIM) {
        throw new ProtocolException("more than " + MAX_INTERIM + " interim answers");
      }
      status = readStatus();
      headers = readHeaders();
    }
    byte[] body = status == 204 || status == 304 ? new byte[0] : readBody(headers);
    return new HttpReply(status, headers, unpack(body, headers), false);
  }

  private int readStatus() throws IOException {
    String line = readLine();
    String[] words = line.split(" +", 3);
    if (!words[0].startsWith("HTTP/1.") || words.length < 2 || !words[1].matches("[1-9][0-9]{2}")) {
      throw new ProtocolException("the server does not speak HTTP");
    }
    return Integer.parseInt(words[1]);
  }

  private Map<String, String> readHeaders() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private byte[] readBody(Map<String, String> headers) throws IOException {
    String encoding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
    if (encoding.contains("chunked")) {
      return readChunks();
    }
    String length = headers.get("content-length");
    if (length == null) {
      return readAll(in);
    }
    if (!length.matches("[0-9]{1,10}") || Long.parseLong(length) > maxBody) {
      throw new ProtocolException("content length " + printable(length));
    }
    return readFully(Integer.parseInt(length));
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = readLine().split(";", 2)[0].strip();
      if (!size.matches("[0-9A-Fa-f]{1,15}")) {
        throw new ProtocolException("chunk size " + printable(size));
      }
      long length = Long.parseLong(size, 16);
      if (length == 0) {
        return body.toByteArray(); // trailers tell nothing that we want, and nothing follows them
      }
      if (length > maxBody - body.size()) {
        throw new ProtocolException("an answer of more than " + maxBody + " bytes");
      }
      body.write(readFully((int) length));
      if (!readLine().isEmpty()) {
        throw new ProtocolException("a chunk that is longer than its size");
      }
    }
  }

  private byte[] readFully(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ends after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  /** Closing ends the inflater's native memory at once. */
  private byte[] readAll(InputStream in) throws IOException {
    try (in) {
      byte[] bytes = in.readNBytes(maxBody + 1);
      if (bytes.length > maxBody) {
        throw new ProtocolException("an answer of more than " + maxBody + " bytes");
      }
      return bytes;
    }
  }

  private byte[] unpack(byte[] body, Map<String, String> headers) throws IOException {
    String encoding = headers.getOrDefault("content-encoding", "").toLowerCase(Locale.ROOT);
    ByteArrayInputStream packed = new ByteArrayInputStream(body);
    return switch (encoding) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> readAll(new GZIPInputStream(packed));
      case "deflate" -> readAll(new InflaterInputStream(packed, new Inflater(isRaw(body))));
      default -> throw new ProtocolException("content encoding " + printable(encoding));
    };
  }

  /** Some servers leave the head of RFC 1950 out: 8 in four bits, both bytes a multiple of 31. */
  private static boolean isRaw(byte[] deflated) {
    return deflated.length < 2
        || (deflated[0] & 0x0f) != 8
        || ((deflated[0] & 0xff) << 8 | (deflated[1] & 0xff)) % 31 != 0;
  }

  /** A line without its end, be that CR LF or LF alone. */
  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (++headBytes > MAX_HEAD) {
        throw new ProtocolException("headers of more than " + MAX_HEAD + " bytes");
      }
      line.append((char) b);
    }
    int end = line.length() - 1;
    if (end >= 0 && line.charAt(end) == '\r') {
      line.setLength(end);
    }
    return line.toString();
  }

  private static String printable(String text) {
    String shown = text.substring(0, Math.min(30, text.length()));
    return new String(shown.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
  }
}
