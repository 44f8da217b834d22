package org.webtorrent4j.tracker.server;

import com.google.gson.JsonObject;

/** Messages as clients write them. */
final class Messages {
  static final String HASH = "hhhhhhhhhhhhhhhhhhhh";

  private Messages() {}

  static String id(int n) {
    return "-XX0001-%012d".formatted(n);
  }

  static String announce(String hash, int peer, long left, String... offers) {
    return """
        {"numwant":5,"uploaded":0,"downloaded":0,"left":%d,"event":"started","action":"announce",
        "info_hash":"%s","peer_id":"%s","offers":[%s]}"""
        .formatted(left, hash, id(peer), String.join(",", offers));
  }

  static String offer(String id) {
    return "{\"offer\":{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n"
        + id
        + "\"},\"offer_id\":\""
        + id
        + "\"}";
  }

  static String answer(int peer, int toPeer, String offerId) {
    return """
        {"action":"announce","info_hash":"%s","peer_id":"%s","to_peer_id":"%s",
        "answer":{"type":"answer","sdp":"v=0\\r\\n"},"offer_id":"%s"}"""
        .formatted(HASH, id(peer), id(toPeer), offerId);
  }

  static String text(JsonObject message, String name) {
    return message.get(name).getAsString();
  }
}
