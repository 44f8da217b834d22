package org.webtorrent4j.webrtc.signal.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.net.ForeignText;
import org.webtorrent4j.tracker.ScrapeCounts;

/**
 * Reads one message of a tracker, a JSON object. Lenient with its members: those of the wrong kind
 * are as if they were missing, those that nobody knows are skipped, of two with one name the last
 * counts. For one message.
 */
public final class SignalReader {
  /** A longer session description is no use to anybody. */
  static final int MAX_SDP = 64 * 1024;

  private static final int MAX_DEPTH = 16;
  private static final int MAX_FILES = 1000;
  private static final int MAX_TRACKER_ID = 500;
  private static final long MAX_INTERVAL = 86_400;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.0{1,9})?");

  private final JsonReader json;
  private @Nullable String action;
  private @Nullable String infoHash;
  private @Nullable String peerId;
  private @Nullable String offerId;
  private @Nullable String offer;
  private @Nullable String answer;
  private OptionalLong interval = OptionalLong.empty();
  private OptionalLong minInterval = OptionalLong.empty();
  private OptionalInt complete = OptionalInt.empty();
  private OptionalInt incomplete = OptionalInt.empty();
  private @Nullable String failureReason;
  private @Nullable String warning;
  private @Nullable String trackerId;
  private @Nullable Map<InfoHash, ScrapeCounts> files;

  private SignalReader(String text) {
    // Only what gson 2.8 has: applications bring theirs, and what they bring may be older than
    // ours.
    this.json = new JsonReader(new StringReader(text));
  }

  /**
   * Reads a message.
   *
   * @throws ProtocolException if it is no JSON object, or nested too deeply
   */
  public static SignalMessage read(String text) throws ProtocolException {
    checkDepth(text);
    SignalReader reader = new SignalReader(text);
    try {
      reader.readMembers();
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      // Older gson throws the others for some texts that are no JSON, such as a bad Unicode escape.
      ProtocolException failure = new ProtocolException("no JSON: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
    return reader.message();
  }

  /**
   * Counts brackets outside of strings; in what is no JSON they mean nothing, which does no harm.
   */
  private static void checkDepth(String text) throws ProtocolException {
    int depth = 0;
    boolean isInString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isInString) {
        i += c == '\\' ? 1 : 0;
        isInString = c != '"';
      } else if (c == '{' || c == '[') {
        if (++depth > MAX_DEPTH) {
          throw new ProtocolException("no JSON: nested more than " + MAX_DEPTH + " deep");
        }
      } else if (c == '}' || c == ']') {
        depth--;
      } else {
        isInString = c == '"';
      }
    }
  }

  private SignalMessage message() {
    return new SignalMessage(
        "scrape".equals(action) || (action == null && files != null),
        BinaryText.infoHash(infoHash),
        BinaryText.peerId(peerId),
        BinaryText.isValid(offerId) ? offerId : null,
        offer,
        answer,
        interval,
        minInterval,
        complete,
        incomplete,
        failureReason,
        warning,
        trackerId,
        files);
  }

  private void readMembers() throws IOException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      throw new ProtocolException("not an object");
    }
    json.beginObject();
    while (json.hasNext()) {
      readMember(json.nextName());
    }
    json.endObject();
  }

  private void readMember(String name) throws IOException {
    switch (name) {
      case "action" -> action = string();
      case "info_hash" -> infoHash = string();
      case "peer_id" -> peerId = string();
      case "offer_id" -> offerId = string();
      case "offer" -> offer = description("offer");
      case "answer" -> answer = description("answer");
      case "interval" -> interval = seconds();
      case "min interval" -> minInterval = seconds();
      case "complete" -> complete = count();
      case "incomplete" -> incomplete = count();
      case "failure reason" -> failureReason = shown(string());
      case "warning message" -> warning = shown(string());
      case "tracker id" -> trackerId = shortString();
      case "files" -> files = files();
      default -> json.skipValue();
    }
  }

  private @Nullable String string() throws IOException {
    if (json.peek() == JsonToken.STRING) {
      return json.nextString();
    }
    json.skipValue();
    return null;
  }

  private @Nullable String shortString() throws IOException {
    String text = string();
    return text == null || text.isEmpty() || text.length() > MAX_TRACKER_ID ? null : text;
  }

  private static @Nullable String shown(@Nullable String text) {
    return text == null ? null : ForeignText.clean(text);
  }

  /** A whole number, also as text or with a fraction of zero. */
  private OptionalLong number() throws IOException {
    JsonToken token = json.peek();
    if (token != JsonToken.NUMBER && token != JsonToken.STRING) {
      json.skipValue();
      return OptionalLong.empty();
    }
    String text = json.nextString();
    if (text.length() > 25 || !NUMBER.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    int dot = text.indexOf('.');
    return OptionalLong.of(Long.parseLong(dot < 0 ? text : text.substring(0, dot)));
  }

  private OptionalLong seconds() throws IOException {
    OptionalLong number = number();
    return number.isPresent()
        ? OptionalLong.of(Math.min(number.getAsLong(), MAX_INTERVAL))
        : number;
  }

  private OptionalInt count() throws IOException {
    OptionalLong number = number();
    return number.isPresent()
        ? OptionalInt.of((int) Math.min(number.getAsLong(), Integer.MAX_VALUE))
        : OptionalInt.empty();
  }

  /** The text of {@code {"type": "offer", "sdp": "v=0..."}}. */
  private @Nullable String description(String expectedType) throws IOException {
    if (!beginObject()) {
      return null;
    }
    String type = null;
    String sdp = null;
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "type" -> type = string();
        case "sdp" -> sdp = string();
        default -> json.skipValue();
      }
    }
    json.endObject();
    boolean isGood =
        expectedType.equals(type) && sdp != null && !sdp.isEmpty() && sdp.length() <= MAX_SDP;
    return isGood ? sdp : null;
  }

  private @Nullable Map<InfoHash, ScrapeCounts> files() throws IOException {
    if (!beginObject()) {
      return null;
    }
    Map<InfoHash, ScrapeCounts> counts = new HashMap<>();
    while (json.hasNext()) {
      InfoHash hash = BinaryText.infoHash(json.nextName());
      if (hash != null && counts.size() < MAX_FILES && json.peek() == JsonToken.BEGIN_OBJECT) {
        counts.put(hash, file());
      } else {
        json.skipValue();
      }
    }
    json.endObject();
    return counts;
  }

  private ScrapeCounts file() throws IOException {
    int seeds = 0;
    int leeches = 0;
    int completed = 0;
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "complete" -> seeds = count().orElse(0);
        case "incomplete" -> leeches = count().orElse(0);
        case "downloaded" -> completed = count().orElse(0);
        default -> json.skipValue();
      }
    }
    json.endObject();
    return new ScrapeCounts(seeds, leeches, completed);
  }

  private boolean beginObject() throws IOException {
    if (json.peek() == JsonToken.BEGIN_OBJECT) {
      json.beginObject();
      return true;
    }
    json.skipValue();
    return false;
  }
}
