package org.webtorrent4j.tracker.udp;

import java.net.InetAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceRequest;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.tracker.net.AddressRules;
import org.webtorrent4j.tracker.net.FoundPeers;

/**
 * An announce (BEP 15).
 *
 * <pre>
 * connection id (8) | 1 (4) | transaction id (4) | info hash (20) | peer id (20)
 * downloaded (8) | left (8) | uploaded (8) | event (4) | ip (4) | key (4) | num_want (4) | port (2)
 * URL data (BEP 41)
 *
 * answered by: interval (4) | leechers (4) | seeders (4) | address (4 or 16) | port (2) | ...
 * </pre>
 */
final class UdpAnnounce implements UdpRequest<AnnounceResponse> {
  private static final int LENGTH = 98;
  private static final int ANSWER_HEAD = 12;
  private static final int MAX_INTERVAL = 86_400;

  private final AnnounceRequest request;
  private final UdpTrackerUrl url;

  UdpAnnounce(AnnounceRequest request, UdpTrackerUrl url) {
    this.request = request;
    this.url = url;
  }

  @Override
  public ByteBuffer packet(long connectionId, int transactionId) {
    byte[] options = url.options();
    ByteBuffer packet = ByteBuffer.allocate(LENGTH + options.length);
    packet.putLong(connectionId).putInt(UdpReply.ANNOUNCE).putInt(transactionId);
    packet.put(request.infoHash().truncated().bytes()).put(request.peerId().bytes());
    packet.putLong(request.downloaded()).putLong(request.left()).putLong(request.uploaded());
    packet.putInt(code(request.event()));
    packet.putInt(0); // our address is the one that this comes from
    packet.putInt(request.key());
    packet.putInt(request.event() == AnnounceEvent.STOPPED ? 0 : request.wantedPeers());
    // Trackers refuse port 0; 1 is what others say, too, who cannot be connected to.
    packet.putShort((short) (request.port() == 0 ? 1 : request.port()));
    return packet.put(options).flip();
  }

  @Override
  public AnnounceResponse answer(UdpReply reply, InetAddress tracker)
      throws ProtocolException, TrackerException {
    ByteBuffer body = reply.body(UdpReply.ANNOUNCE, ANSWER_HEAD);
    Duration interval = Duration.ofSeconds(Math.max(0, Math.min(body.getInt(), MAX_INTERVAL)));
    OptionalInt leeches = count(body.getInt());
    OptionalInt seeds = count(body.getInt());
    FoundPeers peers = new FoundPeers(AddressRules.isGlobal(tracker));
    peers.readCompact(body, tracker.getAddress().length);
    // There is no minimum on the wire: before its interval is over the tracker is not asked.
    return new AnnounceResponse(
        interval, interval, seeds, leeches, peers.peers(), Optional.empty());
  }

  /** What the addresses of one tracker answered, as one: all peers, at the slower pace. */
  static AnnounceResponse merge(List<AnnounceResponse> answers) {
    AnnounceResponse merged = answers.get(0);
    for (AnnounceResponse other : answers.subList(1, answers.size())) {
      FoundPeers peers = new FoundPeers(false); // each has been asked whether it can be one
      peers.addAll(merged.peers());
      peers.addAll(other.peers());
      merged =
          new AnnounceResponse(
              longer(merged.interval(), other.interval()),
              longer(merged.minInterval(), other.minInterval()),
              larger(merged.seeds(), other.seeds()),
              larger(merged.leeches(), other.leeches()),
              peers.peers(),
              Optional.empty());
    }
    return merged;
  }

  private static int code(AnnounceEvent event) {
    return switch (event) {
      case NONE -> 0;
      case COMPLETED -> 1;
      case STARTED -> 2;
      case STOPPED -> 3;
    };
  }

  private static OptionalInt count(int told) {
    return told < 0 ? OptionalInt.empty() : OptionalInt.of(told);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static OptionalInt larger(OptionalInt one, OptionalInt other) {
    return one.orElse(-1) < other.orElse(-1) ? other : one;
  }
}
