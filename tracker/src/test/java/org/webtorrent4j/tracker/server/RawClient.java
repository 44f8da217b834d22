package org.webtorrent4j.tracker.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends requests as they are, which no decent HTTP client would, over one connection. */
final class RawClient implements AutoCloseable {
  /** An answer; the body's bytes are its characters. */
  record Reply(int status, String head, String body) {}

  private final int port;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  RawClient(int port) {
    this.port = port;
  }

  Reply get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  }

  Reply send(String request) throws IOException {
    if (socket == null || in == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(20_000);
      in = new BufferedInputStream(socket.getInputStream());
    }
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    Reply reply = read(in);
    if (reply.head().contains("connection: close")) {
      close();
    }
    return reply;
  }

  private static Reply read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("closed after " + head);
      }
      head.append((char) b);
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(lower.split(" ", 3)[1]);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int at = lower.indexOf("content-length: ");
    if (at >= 0) {
      String length = lower.substring(at + 16, lower.indexOf("\r\n", at));
      body.writeBytes(in.readNBytes(Integer.parseInt(length)));
    }
    return new Reply(status, lower, body.toString(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
