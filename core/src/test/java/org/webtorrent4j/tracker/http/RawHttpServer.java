package org.webtorrent4j.tracker.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that sends the bytes it was told to, one script a connection. */
public final class RawHttpServer implements AutoCloseable {
  /** What a connection does when it has read the head of a request. */
  public interface Script {
    /** Answers. */
    void run(String head, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Thread thread;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** The heads of the requests so far. */
  public final List<String> heads = new CopyOnWriteArrayList<>();

  /** A server on any port, whose last script goes for all further connections. */
  public RawHttpServer(Script... scripts) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), scripts);
  }

  RawHttpServer(ServerSocket server, Script... scripts) {
    this.server = server;
    this.thread = new Thread(() -> serve(scripts), "raw-http-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Sends the whole of an answer whose body ends with the connection. */
  public static Script body(String body) {
    return raw("HTTP/1.1 200 OK\r\n\r\n" + body);
  }

  /** Sends bytes, given as characters. */
  public static Script raw(String reply) {
    return (head, out) -> out.write(reply.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Redirects. */
  public static Script redirect(String location) {
    return raw("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** A URL of it. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  private void serve(Script... scripts) {
    for (int i = 0; ; i++) {
      try (Socket socket = server.accept()) {
        sockets.add(socket);
        String head = readHead(socket.getInputStream());
        heads.add(head);
        scripts[Math.min(i, scripts.length - 1)].run(head, socket.getOutputStream());
        socket.getOutputStream().flush();
      } catch (IOException e) {
        if (server.isClosed()) {
          return; // the test is over
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the client went away");
      }
      head.write(b);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    thread.interrupt();
  }
}
