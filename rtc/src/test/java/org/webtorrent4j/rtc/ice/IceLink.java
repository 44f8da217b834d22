package org.webtorrent4j.rtc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.rtc.stun.StunAuth;
import org.webtorrent4j.rtc.stun.StunMessage;

/** Agents with addresses, and a network between them that loses packets, in virtual time. */
final class IceLink {
  static final long MILLI = 1_000_000L;

  final Random random;
  double loss;
  long delay = 10 * MILLI;
  long now = 1_000 * MILLI;
  int packets;

  /** Addresses at which nothing arrives. */
  final Set<InetSocketAddress> dead = new HashSet<>();

  private final Map<InetSocketAddress, End> ends = new LinkedHashMap<>();
  private final PriorityQueue<Arrival> onTheWay =
      new PriorityQueue<>(Comparator.comparingLong(Arrival::time).thenComparingLong(Arrival::id));
  private final StunAuth auth = new StunAuth();
  private final StunMessage message = new StunMessage();
  private long ids;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Arrival(
      long time, long id, InetSocketAddress from, InetSocketAddress to, byte[] data) {}

  IceLink(long seed) {
    random = new Random(seed);
  }

  /** An agent, where it lives, and what it has said. */
  final class End implements IceAgent.Output {
    final IceCredentials credentials = IceCredentials.create(random);
    final IceAgent agent;
    final List<InetSocketAddress> addresses = new ArrayList<>();
    final List<InetSocketAddress> sentTo = new ArrayList<>();
    final List<InetSocketAddress> selected = new ArrayList<>();
    final List<byte[]> sent = new ArrayList<>();
    int valids;
    @Nullable IceFailure failure;

    End(boolean isOfferer, String... hosts) {
      agent =
          new IceAgent(
              isOfferer,
              credentials,
              random.nextInt(),
              IceContext.create(random),
              address -> address.getPort() > 0,
              this);
      for (String host : hosts) {
        live(address(host));
      }
    }

    void live(InetSocketAddress address) {
      addresses.add(address);
      ends.put(address, this);
    }

    RemoteIce description() {
      List<IceCandidate> candidates = new ArrayList<>();
      for (int i = 0; i < addresses.size(); i++) {
        candidates.add(
            new IceCandidate(
                IceCandidate.Type.HOST,
                addresses.get(i),
                IceCandidate.Type.HOST.priority(65_534 - 2 * i)));
      }
      return new RemoteIce(credentials, false, candidates);
    }

    boolean isReady() {
      return !selected.isEmpty() && failure == null;
    }

    @Override
    public void send(byte[] data, int length, InetSocketAddress to) {
      byte[] copy = Arrays.copyOf(data, length);
      sentTo.add(to);
      sent.add(copy);
      packets++;
      if (random.nextDouble() >= loss) {
        onTheWay.add(new Arrival(now + delay, ids++, addresses.get(0), to, copy));
      }
    }

    @Override
    public void onPath(InetSocketAddress from) {}

    @Override
    public void onValid(InetSocketAddress to) {
      valids++;
    }

    @Override
    public void onSelected(InetSocketAddress to, boolean isMoved) {
      selected.add(to);
    }

    @Override
    public void onFailed(IceFailure why) {
      failure = why;
    }
  }

  /** Lets some time pass. */
  void run(long millis) {
    long end = now + millis * MILLI;
    while (step(end)) {
      // on
    }
    now = end;
  }

  private boolean step(long end) {
    Arrival arrival = onTheWay.peek();
    long next = arrival == null ? Long.MAX_VALUE : arrival.time();
    End due = null;
    for (End one : new LinkedHashSet<>(ends.values())) {
      if (one.agent.nextTime() < next) {
        next = one.agent.nextTime();
        due = one;
      }
    }
    if (next > end) {
      return false;
    }
    now = Math.max(now, next);
    if (due != null) {
      due.agent.onTime(now);
    } else if (arrival != null) {
      onTheWay.remove();
      deliver(arrival.from(), arrival.to(), arrival.data());
    }
    return true;
  }

  void deliver(InetSocketAddress from, InetSocketAddress to, byte[] data) {
    End receiver = ends.get(to);
    if (receiver != null
        && !dead.contains(to)
        && !dead.contains(from)
        && message.parse(data, 0, data.length, auth)) {
      receiver.agent.receive(message, from, now);
    }
  }

  static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          InetAddress.getByName(text.substring(0, colon)),
          Integer.parseInt(text.substring(colon + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
