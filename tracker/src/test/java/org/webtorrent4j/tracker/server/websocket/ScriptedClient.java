package org.webtorrent4j.tracker.server.websocket;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.tracker.server.swarm.Link;

/** A client without a socket: what it sends is handled at once, what it is sent is kept. */
final class ScriptedClient {
  static final String HASH = "hhhhhhhhhhhhhhhhhhhh";

  final Link link;
  private final Deque<String> received = new ArrayDeque<>();
  private final Signalling signalling;
  private final InetSocketAddress endpoint;
  String peerId;

  ScriptedClient(Signalling signalling, int number) {
    this.signalling = signalling;
    this.link = new Link(received::add);
    this.peerId = "-XX0001-%012d".formatted(number);
    try {
      byte[] address = {10, 0, (byte) (number >> 8), (byte) number};
      this.endpoint = new InetSocketAddress(InetAddress.getByAddress(address), 50_000);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  String peerId() {
    return peerId;
  }

  void send(String text) {
    signalling.receive(text, link, endpoint);
  }

  void announce(int left, String... offerIds) {
    announce("\"left\":" + left + ",\"event\":\"started\"", offerIds);
  }

  void announce(String members, String... offerIds) {
    StringBuilder offers = new StringBuilder();
    for (String id : offerIds) {
      offers.append(offers.isEmpty() ? "" : ",").append(offer(id));
    }
    send(
        "{\"action\":\"announce\",\"info_hash\":\"%s\",\"peer_id\":\"%s\",\"offers\":[%s],%s}"
            .formatted(HASH, peerId, offers, members));
  }

  static String offer(String id) {
    return "{\"offer\":{\"type\":\"offer\",\"sdp\":\"v=0 "
        + id
        + "\"},\"offer_id\":\""
        + id
        + "\"}";
  }

  void answer(ScriptedClient to, String offerId) {
    answer(HASH, peerId, to.peerId, offerId);
  }

  void answer(String infoHash, String from, String to, String offerId) {
    send(
        """
        {"action":"announce","info_hash":"%s","peer_id":"%s","to_peer_id":"%s",
        "answer":{"type":"answer","sdp":"v=0"},"offer_id":"%s"}"""
            .formatted(infoHash, from, to, offerId));
  }

  int received() {
    return received.size();
  }

  void clear() {
    received.clear();
  }

  JsonObject receive() {
    return JsonParser.parseString(receiveText()).getAsJsonObject();
  }

  String receiveText() {
    @Nullable String text = received.poll();
    if (text == null) {
      throw new AssertionError("nothing came");
    }
    return text;
  }
}
