package org.webtorrent4j.webrtc.signal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.loop.VirtualLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.webrtc.sdp.TestSdp;
import org.webtorrent4j.webrtc.socket.WebSocket;

/** The other ends of all sockets, which do what a test says. */
final class ScriptedTracker implements WebSocket.Opener {
  private final VirtualLoop loop;
  final List<Socket> sockets = new ArrayList<>();

  /** Whether sockets open by themselves. */
  boolean isUp = true;

  /** Whether pings are answered. */
  boolean isAlive = true;

  /** Whether announces are answered by themselves. */
  boolean answers;

  ScriptedTracker(VirtualLoop loop) {
    this.loop = loop;
  }

  @Override
  public WebSocket open(URI uri, WebSocket.Handler handler) {
    Socket socket = new Socket(uri, handler);
    sockets.add(socket);
    if (isUp) {
      loop.execute(socket::onOpen);
    }
    return socket;
  }

  /** The socket that was opened last. */
  Socket last() {
    return sockets.get(sockets.size() - 1);
  }

  static String text(InfoHash infoHash) {
    return new String(infoHash.bytes(), StandardCharsets.ISO_8859_1);
  }

  static String text(PeerId peerId) {
    return new String(peerId.bytes(), StandardCharsets.ISO_8859_1);
  }

  /** One socket as the tracker sees it. */
  final class Socket implements WebSocket {
    final URI uri;
    final long openedNanos = loop.nanoTime();
    final List<Long> sentNanos = new ArrayList<>();
    private final Handler handler;
    private final List<JsonObject> sent = new ArrayList<>();
    boolean isOpen;
    boolean isClosed;
    boolean hasHeard;
    int pings;
    int longest;
    int queued;

    Socket(URI uri, Handler handler) {
      this.uri = uri;
      this.handler = handler;
    }

    // ---- what the tracker does

    void open() {
      run(this::onOpen);
    }

    private void onOpen() {
      if (!isClosed) {
        isOpen = true;
        handler.onOpen();
      }
    }

    void fail(String reason) {
      run(
          () -> {
            isClosed = true;
            handler.onClosed(new IOException(reason));
          });
    }

    void say(String text) {
      run(() -> onSay(text));
    }

    private void onSay(String text) {
      if (!isClosed) {
        hasHeard = true;
        handler.onMessage(text);
      }
    }

    private void run(Runnable event) {
      loop.execute(event);
      loop.runReady();
    }

    void say(JsonObject message) {
      say(message.toString());
    }

    /** Everything that was sent since the last call. */
    List<JsonObject> take() {
      List<JsonObject> taken = List.copyOf(sent);
      sent.clear();
      return taken;
    }

    /** The only message since the last call. */
    JsonObject takeOne() {
      List<JsonObject> taken = take();
      if (taken.size() != 1) {
        throw new AssertionError("sent " + taken);
      }
      return taken.get(0);
    }

    /** Answers an announce for a torrent. */
    void answer(InfoHash infoHash, int interval, int seeds, int leeches) {
      say(response(infoHash, interval, seeds, leeches));
    }

    // ---- what the client does

    @Override
    public void send(String text) {
      if (isClosed || !isOpen) {
        throw new AssertionError("sent to a socket that is not open");
      }
      JsonObject message = JsonParser.parseString(text).getAsJsonObject();
      longest = Math.max(longest, text.getBytes(StandardCharsets.UTF_8).length);
      sent.add(message);
      sentNanos.add(loop.nanoTime());
      if (answers && message.has("left") && !"stopped".equals(string(message, "event"))) {
        JsonObject response = response(InfoHash.of(bytes(string(message, "info_hash"))), 120, 1, 1);
        loop.execute(() -> onSay(response.toString()));
      }
    }

    @Override
    public int queuedBytes() {
      return queued;
    }

    @Override
    public void ping() {
      pings++;
      hasHeard |= isAlive;
    }

    @Override
    public boolean hasHeard() {
      boolean heard = hasHeard;
      hasHeard = false;
      return heard;
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String string(JsonObject message, String name) {
    JsonElement member = message.get(name);
    return member == null ? "" : member.getAsString();
  }

  static JsonObject response(InfoHash infoHash, int interval, int seeds, int leeches) {
    JsonObject message = new JsonObject();
    message.addProperty("action", "announce");
    message.addProperty("info_hash", text(infoHash));
    message.addProperty("interval", interval);
    message.addProperty("complete", seeds);
    message.addProperty("incomplete", leeches);
    return message;
  }

  static JsonObject failure(InfoHash infoHash, String reason) {
    JsonObject message = new JsonObject();
    message.addProperty("action", "announce");
    message.addProperty("info_hash", text(infoHash));
    message.addProperty("failure reason", reason);
    return message;
  }

  /**
   * An offer or an answer on its way to us.
   *
   * @param name of the description, or all of it if that is nonsense
   */
  static JsonObject introduction(
      String type, InfoHash infoHash, String from, String offerId, String name) {
    boolean isName = !name.isEmpty() && name.length() < 500 && !name.startsWith("v=");
    String sdp = isName ? TestSdp.of(name) : name;
    JsonObject description = new JsonObject();
    description.addProperty("type", type);
    description.addProperty("sdp", sdp);
    JsonObject message = new JsonObject();
    message.addProperty("action", "announce");
    message.add(type, description);
    message.addProperty("offer_id", offerId);
    message.addProperty("peer_id", from);
    message.addProperty("info_hash", text(infoHash));
    return message;
  }

  static JsonArray offers(JsonObject announce) {
    return announce.getAsJsonArray("offers");
  }

  static JsonObject offer(JsonObject announce, int index) {
    return offers(announce).get(index).getAsJsonObject();
  }

  static String sdp(JsonObject announce, int index) {
    return string(offer(announce, index).getAsJsonObject("offer"), "sdp");
  }
}
