package org.webtorrent4j.webrtc;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.webtorrent4j.webrtc.socket.ScriptedServer;

/** A WebSocket tracker for one torrent that hands every offer to one other peer. */
final class SmallTracker implements AutoCloseable {
  private final Map<String, ScriptedServer.Peer> peers = new HashMap<>();
  private final List<String> events = new ArrayList<>();
  private final ScriptedServer server;

  SmallTracker() throws IOException {
    this.server = ScriptedServer.upgrading(this::serve);
  }

  String url() {
    return server.uri("/announce").toString();
  }

  /** The events of all announces; a dash for none. */
  synchronized List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve(ScriptedServer.Peer peer) throws IOException {
    while (true) {
      onMessage(peer, JsonParser.parseString(peer.readText()).getAsJsonObject());
    }
  }

  private synchronized void onMessage(ScriptedServer.Peer sender, JsonObject message)
      throws IOException {
    String from = message.get("peer_id").getAsString();
    if (message.has("answer")) {
      JsonObject relayed = message.deepCopy();
      relayed.remove("to_peer_id");
      ScriptedServer.Peer to = peers.get(message.get("to_peer_id").getAsString());
      if (to != null) {
        to.text(relayed.toString());
      }
      return;
    }
    events.add(message.has("event") ? message.get("event").getAsString() : "-");
    peers.put(from, sender);
    JsonObject response = new JsonObject();
    response.addProperty("action", "announce");
    response.add("info_hash", message.get("info_hash"));
    response.addProperty("interval", 120);
    response.addProperty("complete", 1);
    response.addProperty("incomplete", peers.size() - 1);
    sender.text(response.toString());
    JsonArray offers = message.has("offers") ? message.getAsJsonArray("offers") : new JsonArray();
    int next = 0;
    for (Map.Entry<String, ScriptedServer.Peer> other : peers.entrySet()) {
      if (!other.getKey().equals(from) && next < offers.size()) {
        other.getValue().text(relayed(offers.get(next++), message).toString());
      }
    }
  }

  private static JsonObject relayed(JsonElement offer, JsonObject announce) {
    JsonObject relayed = offer.getAsJsonObject().deepCopy();
    relayed.add("action", announce.get("action"));
    relayed.add("info_hash", announce.get("info_hash"));
    relayed.add("peer_id", announce.get("peer_id"));
    return relayed;
  }
}
