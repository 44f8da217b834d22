package org.webtorrent4j.tracker.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket whose owner sends, but never reads. */
final class UnreadSocket implements AutoCloseable {
  private static final int TEXT = 0x81;
  private static final int LENGTH_OF_16_BITS = 0x80 | 126;

  private final Socket socket = new Socket();

  UnreadSocket(int port) {
    try {
      socket.setReceiveBufferSize(8 << 10);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      String request =
          """
          GET / HTTP/1.1
          Host: x
          Upgrade: websocket
          Connection: Upgrade
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

          """;
      write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a text of less than 64 KiB, masked with zeros. */
  void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(TEXT);
    frame.write(LENGTH_OF_16_BITS);
    frame.write(bytes.length >> 8);
    frame.write(bytes.length);
    frame.writeBytes(new byte[4]);
    frame.writeBytes(bytes);
    write(frame.toByteArray());
  }

  private void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
