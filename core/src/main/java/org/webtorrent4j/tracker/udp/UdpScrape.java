package org.webtorrent4j.tracker.udp;

import java.net.InetAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.TrackerException;

/**
 * Asks for the counts of some torrents (BEP 15).
 *
 * <pre>
 * connection id (8) | 2 (4) | transaction id (4) | info hash (20) | info hash | ...
 *
 * answered by: seeders (4) | completed (4) | leechers (4) | seeders | ...
 * </pre>
 */
final class UdpScrape implements UdpRequest<Map<InfoHash, ScrapeCounts>> {
  /** The most that fit into a datagram which is not cut into pieces on its way. */
  static final int MAX_HASHES = 74;

  private static final int HEAD = 16;
  private static final int ENTRY = 12;

  private final List<InfoHash> infoHashes;

  /** A request for at most {@link #MAX_HASHES} torrents. */
  UdpScrape(List<InfoHash> infoHashes) {
    if (infoHashes.isEmpty() || infoHashes.size() > MAX_HASHES) {
      throw new IllegalArgumentException(infoHashes.size() + " info hashes");
    }
    this.infoHashes = infoHashes;
  }

  @Override
  public ByteBuffer packet(long connectionId, int transactionId) {
    ByteBuffer packet = ByteBuffer.allocate(HEAD + InfoHash.V1_LENGTH * infoHashes.size());
    packet.putLong(connectionId).putInt(UdpReply.SCRAPE).putInt(transactionId);
    infoHashes.forEach(infoHash -> packet.put(infoHash.truncated().bytes()));
    return packet.flip();
  }

  /** The counts, in the order of the question; a tracker may answer fewer than it was asked. */
  @Override
  public Map<InfoHash, ScrapeCounts> answer(UdpReply reply, InetAddress tracker)
      throws ProtocolException, TrackerException {
    ByteBuffer body = reply.body(UdpReply.SCRAPE, ENTRY);
    Map<InfoHash, ScrapeCounts> counts = new HashMap<>();
    for (InfoHash infoHash : infoHashes) {
      if (body.remaining() < ENTRY) {
        break;
      }
      int seeds = Math.max(0, body.getInt());
      int completed = Math.max(0, body.getInt());
      int leeches = Math.max(0, body.getInt());
      counts.put(infoHash, new ScrapeCounts(seeds, leeches, completed));
    }
    return counts;
  }
}
