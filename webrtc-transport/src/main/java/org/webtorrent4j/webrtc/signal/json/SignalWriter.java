package org.webtorrent4j.webrtc.signal.json;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceRequest;

/** Writes messages to a tracker, so that the strictest one understands them. */
public final class SignalWriter {
  /**
   * An offer to send.
   *
   * @param id 20 characters
   */
  public record Offer(String id, String sdp) {}

  /** Writes the members of an object. */
  private interface Members {
    void write(JsonWriter json) throws IOException;
  }

  private SignalWriter() {}

  /**
   * An announce.
   *
   * @param event what it is about, whatever the request says
   * @param offers not sent with {@code completed} and {@code stopped}
   */
  public static String announce(
      AnnounceRequest request,
      AnnounceEvent event,
      PeerId peerId,
      List<Offer> offers,
      @Nullable String trackerId) {
    return object(
        json -> {
          // Some trackers want a number there, and hand on no more offers than it says.
          json.name("numwant").value(offers.size());
          json.name("uploaded").value(request.uploaded());
          json.name("downloaded").value(request.downloaded());
          json.name("left").value(request.left());
          if (event != AnnounceEvent.NONE) {
            json.name("event").value(event.word());
          }
          begin(json, request.infoHash(), peerId, trackerId);
          if (event == AnnounceEvent.NONE || event == AnnounceEvent.STARTED) {
            json.name("offers").beginArray();
            for (Offer offer : offers) {
              json.beginObject();
              description(json, "offer", offer.sdp());
              json.name("offer_id").value(offer.id());
              json.endObject();
            }
            json.endArray();
          }
        });
  }

  /** An answer to the offer of another peer. */
  public static String answer(
      InfoHash infoHash,
      PeerId peerId,
      PeerId toPeerId,
      String offerId,
      String sdp,
      @Nullable String trackerId) {
    return object(
        json -> {
          begin(json, infoHash, peerId, trackerId);
          json.name("to_peer_id").value(BinaryText.of(toPeerId));
          description(json, "answer", sdp);
          json.name("offer_id").value(offerId);
        });
  }

  /** A question for counts. */
  public static String scrape(List<InfoHash> infoHashes) {
    return object(
        json -> {
          json.name("action").value("scrape");
          json.name("info_hash");
          if (infoHashes.size() == 1) {
            json.value(BinaryText.of(infoHashes.get(0)));
          } else {
            json.beginArray();
            for (InfoHash infoHash : infoHashes) {
              json.value(BinaryText.of(infoHash));
            }
            json.endArray();
          }
        });
  }

  private static void begin(
      JsonWriter json, InfoHash infoHash, PeerId peerId, @Nullable String trackerId)
      throws IOException {
    json.name("action").value("announce");
    json.name("info_hash").value(BinaryText.of(infoHash));
    json.name("peer_id").value(BinaryText.of(peerId));
    if (trackerId != null) {
      json.name("trackerid").value(trackerId);
    }
  }

  private static void description(JsonWriter json, String type, String sdp) throws IOException {
    json.name(type).beginObject();
    json.name("type").value(type);
    json.name("sdp").value(sdp);
    json.endObject();
  }

  private static String object(Members members) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      members.write(json);
      json.endObject();
    } catch (IOException e) {
      throw new IllegalStateException(e); // nothing is written but memory
    }
    return text.toString();
  }
}
