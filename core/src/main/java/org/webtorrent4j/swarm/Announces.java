package org.webtorrent4j.swarm;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.net.ForeignText;
import org.webtorrent4j.tracker.AnnounceTimes;
import org.webtorrent4j.tracker.Announcer;
import org.webtorrent4j.tracker.TrackerStatus;

/**
 * A torrent's side of its announcer: the numbers that are told, what becomes of the answers, and a
 * new announcer whenever the torrent goes on after a pause. Confined to the event loop.
 */
final class Announces implements Announcer.Listener {
  /**
   * What trackers are told while the length is unknown: more than nothing (webtorrent says null).
   */
  private static final long UNKNOWN_LEFT = 16 * 1024;

  private static final int MOST_WANTED = 200;

  private final Swarm swarm;
  private final Session session;
  private final SwarmListener listener;
  private final List<List<String>> tiers;
  private @Nullable Announcer announcer;

  Announces(Swarm swarm, Session session, List<List<String>> tiers, SwarmListener listener) {
    this.swarm = swarm;
    this.session = session;
    this.listener = listener;
    this.tiers = new ArrayList<>(tiers);
  }

  void start() {
    if (announcer == null) {
      announcer =
          new Announcer(
              session.loop(),
              session.random(),
              session.trackers(),
              AnnounceTimes.DEFAULT,
              new Announcer.Identity(swarm.infoHash(), session.peerId(), swarm.isPrivate()),
              tiers,
              new Numbers(),
              this);
      announcer.start();
    }
  }

  /** Peers have told what the torrent is; a private one keeps to one tracker from now on. */
  void onMetadata() {
    if (announcer != null && swarm.isPrivate()) {
      announcer.becomePrivate();
    }
  }

  void completed() {
    if (announcer != null) {
      announcer.completed();
    }
  }

  /** There is room for more peers and no address to try. */
  void wantMorePeers() {
    if (announcer != null) {
      announcer.wantMorePeers();
    }
  }

  void add(String url) {
    if (tiers.stream().noneMatch(tier -> tier.contains(url))) {
      tiers.add(List.of(url));
    }
    if (announcer != null) {
      announcer.add(url);
    }
  }

  List<List<String>> tiers() {
    return tiers;
  }

  List<TrackerStatus> status() {
    return announcer == null ? List.of() : announcer.status();
  }

  /** Says goodbye; {@code done} runs later, on the loop. */
  void stop(Runnable done) {
    if (announcer == null) {
      session.loop().execute(done);
    } else {
      announcer.stop(done);
      announcer = null;
    }
  }

  @Override
  public void onPeers(List<InetSocketAddress> peers, String url) {
    for (InetSocketAddress peer : peers) {
      swarm.connections().addAddress(peer, PeerAddress.Source.TRACKER);
    }
    listener.onAnnounced(url, peers.size());
  }

  @Override
  public void onStatus(TrackerStatus status) {
    boolean isBad =
        status.state() == TrackerStatus.State.FAILED
            || status.state() == TrackerStatus.State.DISABLED;
    if (isBad) {
      String reason = status.error().map(ForeignText::clean).orElse("no reason given");
      listener.onAnnounceFailed(status.url(), reason);
    }
  }

  @Override
  public void onTrackerSwitched(String url) {
    swarm.connections().closeAll("the tracker has changed");
  }

  /** What has happened since the start of one announcer: trackers add it up after a pause. */
  private final class Numbers implements Announcer.Numbers {
    private final long uploadedBefore = swarm.traffic().upload().total();
    private final long downloadedBefore = swarm.traffic().download().total();

    @Override
    public long uploaded() {
      return swarm.traffic().upload().total() - uploadedBefore;
    }

    @Override
    public long downloaded() {
      return swarm.traffic().download().total() - downloadedBefore;
    }

    @Override
    public long left() {
      Content content = swarm.content();
      if (content == null) {
        return UNKNOWN_LEFT;
      }
      long total = content.layout().totalLength();
      return total - content.verifiedBytes(0, total);
    }

    @Override
    public int port() {
      return session.port();
    }

    @Override
    public int wantedPeers() {
      return swarm.wantsPeers() ? MOST_WANTED : 0;
    }
  }
}
