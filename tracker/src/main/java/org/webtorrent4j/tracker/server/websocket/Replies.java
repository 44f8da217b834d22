package org.webtorrent4j.tracker.server.websocket;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.server.swarm.SwarmCounts;

/**
 * The messages of the tracker, as JSON. Every one has an action, and all but the answers to scrapes
 * an info hash, if need be an empty one: without them a widespread client breaks.
 */
final class Replies {
  @FunctionalInterface
  private interface Members {
    void write(JsonWriter json) throws IOException;
  }

  private Replies() {}

  /** The answer to an announce. */
  static String counts(InfoHash infoHash, SwarmCounts counts, Duration interval) {
    return message(
        "announce",
        latin1(infoHash.bytes()),
        json -> {
          json.name("complete").value(counts.seeds());
          json.name("incomplete").value(counts.leeches());
          json.name("interval").value(interval.toSeconds());
        });
  }

  /** An offer of a peer, for another. */
  static String offer(InfoHash infoHash, PeerId from, Message.Offer offer) {
    return relayed(infoHash, from, offer.id(), "offer", offer.sdp());
  }

  /** The answer of a peer, for the one that had made this offer. */
  static String answer(InfoHash infoHash, PeerId from, String offerId, String sdp) {
    return relayed(infoHash, from, offerId, "answer", sdp);
  }

  private static String relayed(
      InfoHash infoHash, PeerId from, String offerId, String type, String sdp) {
    return message(
        "announce",
        latin1(infoHash.bytes()),
        json -> {
          json.name("peer_id").value(latin1(from.bytes()));
          json.name("offer_id").value(offerId);
          json.name(type).beginObject();
          json.name("type").value(type).name("sdp").value(sdp);
          json.endObject();
        });
  }

  /** The answer to a scrape. */
  static String scrape(Map<InfoHash, SwarmCounts> files, Duration interval) {
    return message(
        "scrape",
        null,
        json -> {
          json.name("files").beginObject();
          for (Map.Entry<InfoHash, SwarmCounts> file : files.entrySet()) {
            json.name(latin1(file.getKey().bytes())).beginObject();
            json.name("complete").value(file.getValue().seeds());
            json.name("incomplete").value(file.getValue().leeches());
            json.name("downloaded").value(file.getValue().completed());
            json.endObject();
          }
          json.endObject();
          json.name("flags").beginObject();
          json.name("min_request_interval").value(interval.toSeconds());
          json.endObject();
        });
  }

  /** Says what is wrong with a message. */
  static String failure(Message refused, String fault) {
    return message(
        refused.actionOrAnnounce(),
        refused.infoHashOrEmpty(),
        json -> json.name("failure reason").value(fault));
  }

  private static String message(String action, @Nullable String infoHash, Members members) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("action").value(action);
      if (infoHash != null) {
        json.name("info_hash").value(infoHash);
      }
      members.write(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not from memory
    }
    return text.toString();
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
