package org.webtorrent4j.tracker.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BInteger;
import org.webtorrent4j.bencode.BString;
import org.webtorrent4j.bencode.BValue;
import org.webtorrent4j.bencode.BencodeException;
import org.webtorrent4j.bencode.BencodeReader;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.net.ForeignText;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.tracker.net.FoundPeers;

/**
 * The dictionary that a tracker answered (BEP 3, 31, 48). Lenient with what trackers in the wild
 * get wrong: unsorted keys, numbers as text, a status other than 200 beside a failure reason.
 */
final class TrackerReply {
  private static final long DEFAULT_INTERVAL = 1800;
  private static final long MAX_INTERVAL = 86_400;
  private static final int MAX_TRACKER_ID = 500;
  private static final String NO_REASON = "the tracker refused without a reason";
  private static final int GONE = 410;
  private static final BencodeReader READER =
      BencodeReader.lenient().cappingNumbers().withMaxDepth(10).withMaxTokens(250_000);

  private final BDict dict;
  private final boolean isFromInternet;

  private TrackerReply(BDict dict, boolean isFromInternet) {
    this.dict = dict;
    this.isFromInternet = isFromInternet;
  }

  /**
   * An answer that is no refusal.
   *
   * @throws TrackerException if it is one, or nonsense
   */
  static TrackerReply of(HttpReply reply) throws TrackerException {
    boolean isOk = reply.status() / 100 == 2;
    TrackerReply parsed;
    try {
      parsed = new TrackerReply(READER.readDict(reply.body()), reply.isFromInternet());
    } catch (BencodeException e) {
      if (reply.status() == GONE) {
        throw new TrackerException("the tracker is gone (HTTP 410)", TrackerException.NEVER);
      }
      throw new TrackerException(isOk ? "invalid answer: " + e.getMessage() : status(reply), e);
    }
    parsed.checkFailure();
    if (!isOk) {
      throw new TrackerException(status(reply));
    }
    return parsed;
  }

  private static String status(HttpReply reply) {
    return "the tracker answered HTTP " + reply.status();
  }

  private void checkFailure() throws TrackerException {
    Optional<String> reason = text("failure reason");
    if (reason.isPresent()) {
      String told = reason.get().isEmpty() ? NO_REASON : reason.get();
      Optional<Duration> wish = retryIn();
      throw wish.isPresent() ? new TrackerException(told, wish.get()) : new TrackerException(told);
    }
  }

  /** Minutes as a number or as text, or {@code never} (BEP 31). */
  private Optional<Duration> retryIn() {
    if (dict.string("retry in").map(text -> text.is("never")).orElse(false)) {
      return Optional.of(TrackerException.NEVER);
    }
    OptionalLong minutes = number("retry in");
    return minutes.isPresent() && minutes.getAsLong() >= 0
        ? Optional.of(Duration.ofMinutes(Math.min(minutes.getAsLong(), MAX_INTERVAL / 60)))
        : Optional.empty();
  }

  /** What to send with every announce from now on; each character stands for a byte. */
  Optional<String> trackerId() {
    return dict.string("tracker id")
        .filter(id -> id.length() > 0 && id.length() <= MAX_TRACKER_ID)
        .map(id -> new String(id.bytes(), StandardCharsets.ISO_8859_1));
  }

  /** The answer to an announce. */
  AnnounceResponse announce() {
    long interval = seconds("interval", DEFAULT_INTERVAL);
    // A tracker that names no minimum is not asked before its interval is over.
    long minInterval = seconds("min interval", interval);
    PeerReader peers = new PeerReader(isFromInternet);
    peers.read(dict.get("peers"), FoundPeers.IPV4_LENGTH);
    peers.read(dict.get("peers6"), FoundPeers.IPV6_LENGTH);
    return new AnnounceResponse(
        Duration.ofSeconds(interval),
        Duration.ofSeconds(minInterval),
        count(dict, "complete"),
        count(dict, "incomplete"),
        peers.peers(),
        text("warning message"));
  }

  /** The counts of these torrents, as far as they are known. */
  Map<InfoHash, ScrapeCounts> scrape(List<InfoHash> infoHashes) {
    Map<InfoHash, ScrapeCounts> counts = new HashMap<>();
    // Some trackers call the dictionary so.
    Optional<BDict> files = dict.dict("files").or(() -> dict.dict("host"));
    if (files.isPresent()) {
      for (InfoHash infoHash : infoHashes) {
        if (entry(files.get(), infoHash) instanceof BDict file) {
          int seeds = count(file, "complete").orElse(0);
          int leeches = count(file, "incomplete").orElse(0);
          int completed = count(file, "downloaded").orElse(0);
          counts.put(infoHash, new ScrapeCounts(seeds, leeches, completed));
        }
      }
    }
    return counts;
  }

  /** What stands under a hash. The tracker of WebTorrent encodes its bytes as if they were text. */
  private static @Nullable BValue entry(BDict files, InfoHash infoHash) {
    byte[] key = infoHash.truncated().bytes();
    BValue entry = files.get(key);
    return entry != null ? entry : files.get(new String(key, StandardCharsets.ISO_8859_1));
  }

  private static OptionalInt count(BDict dict, String key) {
    return dict.integer(key, 0, Integer.MAX_VALUE);
  }

  private long seconds(String key, long otherwise) {
    return Math.max(0, Math.min(number(key).orElse(otherwise), MAX_INTERVAL));
  }

  private OptionalLong number(String key) {
    BValue value = dict.get(key);
    if (value instanceof BInteger integer) {
      return OptionalLong.of(integer.value());
    }
    String digits = value instanceof BString string ? string.text().strip() : "";
    if (!digits.matches("[0-9]+")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(digits.length() > 15 ? Long.MAX_VALUE : Long.parseLong(digits));
  }

  private Optional<String> text(String key) {
    return dict.text(key).map(ForeignText::clean);
  }
}
