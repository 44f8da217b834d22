package org.webtorrent4j.tracker.server.websocket;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.server.swarm.Refusal;

/**
 * A message of a client: a JSON object of which the members that matter here are kept. Reading it
 * never fails; what is wrong with a member is told when it is asked for, so that a refusal can name
 * the torrent that it is about. Hashes and ids are strings of 20 characters, each a byte.
 *
 * <p>Its members may come in any order and be of any type; others are skipped. Immutable.
 */
final class Message {
  /** An offer of a connection. */
  record Offer(String id, String sdp) {}

  private static final int ID_LENGTH = 20;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_INFO_HASHES = 255;

  private final int maxOffers;
  private final List<String> infoHashes = new ArrayList<>(1);
  private final List<Offer> offers = new ArrayList<>();
  private @Nullable String action;
  private @Nullable String peerId;
  private @Nullable String toPeerId;
  private @Nullable String offerId;
  private @Nullable String event;
  private @Nullable String answer;
  private boolean isAnswer;
  private boolean isSeed;
  private @Nullable String fault;

  private Message(int maxOffers) {
    this.maxOffers = maxOffers;
  }

  /** Reads a message, of whose offers only so many matter. */
  static Message read(String text, int maxOffers) {
    Message message = new Message(maxOffers);
    JsonReader json = new JsonReader(new StringReader(JsonShape.shallow(MAX_DEPTH, text)));
    try {
      boolean isObject = json.peek() == JsonToken.BEGIN_OBJECT;
      if (isObject) {
        message.readMembers(json);
      }
      if (!isObject || json.peek() != JsonToken.END_DOCUMENT) {
        message.fault = "not one JSON object";
      }
    } catch (IOException | NumberFormatException e) { // the latter of old readers: a bad \\u
      // Its message would repeat the sender's text.
      message.fault = "broken JSON, or deeper than " + MAX_DEPTH + " levels";
    }
    return message;
  }

  private void readMembers(JsonReader json) throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "action" -> action = string(json);
        case "info_hash" -> readInfoHashes(json);
        case "peer_id" -> peerId = string(json);
        case "to_peer_id" -> toPeerId = string(json);
        case "offer_id" -> offerId = string(json);
        case "event" -> event = string(json);
        case "left" -> isSeed = isZero(json);
        case "offers" -> readOffers(json);
        case "answer" -> {
          isAnswer = json.peek() != JsonToken.NULL;
          answer = description(json, "answer");
        }
        default -> json.skipValue();
      }
    }
    json.endObject();
  }

  private void readInfoHashes(JsonReader json) throws IOException {
    infoHashes.clear();
    if (json.peek() != JsonToken.BEGIN_ARRAY) {
      infoHashes.add(orEmpty(string(json)));
      return;
    }
    json.beginArray();
    while (json.hasNext()) {
      infoHashes.add(orEmpty(string(json)));
    }
    json.endArray();
  }

  private void readOffers(JsonReader json) throws IOException {
    if (json.peek() != JsonToken.BEGIN_ARRAY) {
      json.skipValue();
      return;
    }
    json.beginArray();
    while (json.hasNext()) {
      if (offers.size() < maxOffers && json.peek() == JsonToken.BEGIN_OBJECT) {
        readOffer(json);
      } else {
        json.skipValue();
      }
    }
    json.endArray();
  }

  private void readOffer(JsonReader json) throws IOException {
    String id = null;
    String sdp = null;
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "offer_id" -> id = string(json);
        case "offer" -> sdp = description(json, "offer");
        default -> json.skipValue();
      }
    }
    json.endObject();
    if (id != null && isId(id) && sdp != null) {
      offers.add(new Offer(id, sdp));
    }
  }

  /** The SDP of a session description of this type; null if it is something else. */
  private static @Nullable String description(JsonReader json, String type) throws IOException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      json.skipValue();
      return null;
    }
    boolean isOfType = false;
    String sdp = null;
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "type" -> isOfType = type.equals(string(json));
        case "sdp" -> sdp = string(json);
        default -> json.skipValue();
      }
    }
    json.endObject();
    return isOfType ? sdp : null;
  }

  private static @Nullable String string(JsonReader json) throws IOException {
    if (json.peek() == JsonToken.STRING) {
      return json.nextString();
    }
    json.skipValue();
    return null;
  }

  /** Only the number makes a seed: clients that do not know yet what is missing send null. */
  private static boolean isZero(JsonReader json) throws IOException {
    if (json.peek() == JsonToken.NUMBER) {
      return Double.parseDouble(json.nextString()) == 0;
    }
    json.skipValue();
    return false;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static boolean isId(String text) {
    return text.length() == ID_LENGTH && text.chars().allMatch(c -> c <= 0xff);
  }

  /**
   * The action.
   *
   * @throws Refusal if it is missing or unknown, or the message was not understood at all
   */
  String action() throws Refusal {
    if (fault != null) {
      throw new Refusal(fault);
    }
    if (action == null || !(action.equals("announce") || action.equals("scrape"))) {
      throw new Refusal("action is neither announce nor scrape");
    }
    return action;
  }

  /** The action as far as it is known, for a refusal. */
  String actionOrAnnounce() {
    return action != null && action.equals("scrape") ? action : "announce";
  }

  /** The torrent as far as it is known, for a refusal; else empty. */
  String infoHashOrEmpty() {
    return infoHashes.size() == 1 && isId(infoHashes.get(0)) ? infoHashes.get(0) : "";
  }

  /**
   * The torrent of an announce.
   *
   * @throws Refusal if there is not exactly one
   */
  InfoHash infoHash() throws Refusal {
    return InfoHash.of(id("info_hash", infoHashes.size() == 1 ? infoHashes.get(0) : null));
  }

  /**
   * The torrents of a scrape.
   *
   * @throws Refusal if there are none, too many, or one that cannot be
   */
  Set<InfoHash> infoHashes() throws Refusal {
    if (infoHashes.isEmpty()) {
      throw new Refusal("info_hash is missing: only named torrents can be scraped");
    }
    if (infoHashes.size() > MAX_INFO_HASHES) {
      throw new Refusal("more than " + MAX_INFO_HASHES + " torrents");
    }
    Set<InfoHash> all = new LinkedHashSet<>();
    for (String infoHash : infoHashes) {
      all.add(InfoHash.of(id("info_hash", infoHash)));
    }
    return all;
  }

  /** Who sends it. */
  PeerId peerId() throws Refusal {
    return PeerId.of(id("peer_id", peerId));
  }

  /** Whether it is an answer to an offer, and no announce of its own. */
  boolean isAnswer() {
    return isAnswer;
  }

  /** Who made the offer that is answered. */
  PeerId toPeerId() throws Refusal {
    return PeerId.of(id("to_peer_id", toPeerId));
  }

  /** The offer that is answered. */
  String offerId() throws Refusal {
    id("offer_id", offerId);
    return orEmpty(offerId);
  }

  /** The SDP of the answer. */
  String answer() throws Refusal {
    if (answer == null) {
      throw new Refusal("answer is not an object with type answer and an sdp");
    }
    return answer;
  }

  /** Whether nothing is left to download. */
  boolean isSeed() {
    return isSeed;
  }

  /** Why it announces; what is none of the known events is an announce like any other. */
  AnnounceEvent event() {
    return switch (orEmpty(event)) {
      case "started" -> AnnounceEvent.STARTED;
      case "completed" -> AnnounceEvent.COMPLETED;
      case "stopped" -> AnnounceEvent.STOPPED;
      default -> AnnounceEvent.NONE;
    };
  }

  /** The offers that are whole; others do not count. */
  List<Offer> offers() {
    return offers;
  }

  private static byte[] id(String name, @Nullable String text) throws Refusal {
    if (text == null || !isId(text)) {
      throw new Refusal(name + " is not a string of 20 characters up to U+00FF");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
