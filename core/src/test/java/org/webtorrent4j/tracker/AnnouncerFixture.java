package org.webtorrent4j.tracker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.webtorrent4j.loop.VirtualLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;

/** A torrent that announces to fake trackers in virtual time. */
class AnnouncerFixture {
  static final String A = "http://a/announce";
  static final String B = "http://b/announce";
  static final String C = "udp://c:1337";
  static final String WS1 = "ws://w1/";
  static final String WS2 = "wss://w2/";
  static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("10.0.0.1", 6881);

  final VirtualLoop loop = new VirtualLoop();
  final FakeTrackers trackers = new FakeTrackers(loop, "http", "udp", "ws", "wss");
  final TrackerPool pool = new TrackerPool(List.of(trackers));
  final Random random = new Random(7);
  final List<String> peers = new ArrayList<>();
  final List<TrackerStatus> statuses = new ArrayList<>();
  final List<String> switches = new ArrayList<>();
  long left = 1000;
  int wanted = 50;

  final Announcer announcer(List<List<String>> tiers) {
    return announcer(tiers, false);
  }

  final Announcer announcer(List<List<String>> tiers, boolean isPrivate) {
    InfoHash infoHash = InfoHash.of(new byte[20]);
    PeerId peerId = PeerId.random(random);
    return new Announcer(
        loop,
        random,
        pool,
        AnnounceTimes.DEFAULT,
        new Announcer.Identity(infoHash, peerId, isPrivate),
        tiers,
        new FakeNumbers(),
        new RecordingListener());
  }

  final Announcer started(List<List<String>> tiers) {
    Announcer announcer = announcer(tiers);
    announcer.start();
    return announcer;
  }

  final void advance(long seconds) {
    loop.advance(Duration.ofSeconds(seconds));
  }

  static TrackerStatus status(Announcer announcer, String url) {
    return announcer.status().stream()
        .filter(status -> status.url().equals(url))
        .findFirst()
        .orElseThrow();
  }

  private final class FakeNumbers implements Announcer.Numbers {
    @Override
    public long uploaded() {
      return 11;
    }

    @Override
    public long downloaded() {
      return 22;
    }

    @Override
    public long left() {
      return left;
    }

    @Override
    public int port() {
      return 6881;
    }

    @Override
    public int wantedPeers() {
      return wanted;
    }
  }

  private final class RecordingListener implements Announcer.Listener {
    @Override
    public void onPeers(List<InetSocketAddress> found, String url) {
      peers.add(url + " " + found);
    }

    @Override
    public void onStatus(TrackerStatus status) {
      statuses.add(status);
    }

    @Override
    public void onTrackerSwitched(String url) {
      switches.add(url);
    }
  }
}
