package org.webtorrent4j.webrtc.socket;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket server on loopback; each connection is led by a script on a thread of its own. */
public final class ScriptedServer implements AutoCloseable {
  /** What the server does with a connection. */
  public interface Script {
    public void run(Peer peer) throws Exception;
  }

  private final ServerSocket listener;
  private final List<Socket> sockets = new ArrayList<>();

  private ScriptedServer(ServerSocket listener, Script script) {
    this.listener = listener;
    Thread thread = new Thread(() -> serve(script), "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  public static ScriptedServer start(Script script) throws IOException {
    return new ScriptedServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), script);
  }

  public static ScriptedServer start(ServerSocket listener, Script script) {
    return new ScriptedServer(listener, script);
  }

  /** A server that agrees to the upgrade and goes on with the script. */
  public static ScriptedServer upgrading(Script script) throws IOException {
    return start(
        peer -> {
          peer.upgrade();
          script.run(peer);
        });
  }

  public URI uri(String path) {
    return URI.create("ws://127.0.0.1:" + port() + path);
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void serve(Script script) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        synchronized (sockets) {
          sockets.add(socket);
        }
        Thread connection = new Thread(() -> lead(socket, script), "scripted-connection");
        connection.setDaemon(true);
        connection.start();
      } catch (IOException e) {
        // Closed, or one client less.
      }
    }
  }

  private static void lead(Socket socket, Script script) {
    try (socket) {
      script.run(new Peer(socket));
    } catch (Exception e) {
      // The end of the connection is the end of the script.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    synchronized (sockets) {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  /** A frame of the client. */
  @SuppressWarnings("ArrayRecordComponent") // compared part by part
  public record Frame(int opcode, boolean isFinal, boolean isMasked, byte[] payload) {}

  /** The client as the server sees it. */
  public static final class Peer {
    final Socket socket;
    final DataInputStream in;
    final OutputStream out;

    Peer(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    /** Reads the request and returns its lines. */
    public List<String> readRequest() throws IOException {
      List<String> lines = new ArrayList<>();
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      while (true) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("the client has gone");
        } else if (b == '\n') {
          String text = line.toString(StandardCharsets.ISO_8859_1).strip();
          line.reset();
          if (text.isEmpty()) {
            return lines;
          }
          lines.add(text);
        } else {
          line.write(b);
        }
      }
    }

    public static String header(List<String> request, String name) {
      for (String line : request) {
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }

    public void upgrade() throws IOException {
      String key = header(readRequest(), "sec-websocket-key");
      raw(
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\n"
              + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Accept: "
              + Upgrade.accept(key)
              + "\r\n\r\n");
    }

    public void raw(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    public void raw(int... bytes) throws IOException {
      for (int b : bytes) {
        out.write(b);
      }
      out.flush();
    }

    public void text(String text) throws IOException {
      frame(Opcode.TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    public void frame(int opcode, boolean isFinal, byte[] payload) throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write((isFinal ? 0x80 : 0) | opcode);
      if (payload.length < 126) {
        frame.write(payload.length);
      } else if (payload.length < 65536) {
        frame.write(126);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
      } else {
        frame.write(127);
        for (int shift = 56; shift >= 0; shift -= 8) {
          frame.write((int) ((long) payload.length >> shift));
        }
      }
      frame.writeBytes(payload);
      frame.writeTo(out);
      out.flush();
    }

    public Frame readFrame() throws IOException {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      int length = second & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = (int) in.readLong();
      }
      boolean isMasked = (second & 0x80) != 0;
      byte[] mask = isMasked ? in.readNBytes(4) : new byte[4];
      byte[] payload = in.readNBytes(length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i & 3];
      }
      return new Frame(first & 0x0f, (first & 0x80) != 0, isMasked, payload);
    }

    public String readText() throws IOException {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      Frame frame;
      do {
        frame = readFrame();
        text.writeBytes(frame.payload());
      } while (!frame.isFinal());
      return text.toString(StandardCharsets.UTF_8);
    }

    /** Waits until the client closes the connection. */
    public void awaitEnd() throws IOException {
      new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))
          .lines()
          .forEach(line -> {});
    }
  }
}
