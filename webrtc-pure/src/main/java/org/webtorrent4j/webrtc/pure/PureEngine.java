package org.webtorrent4j.webrtc.pure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.rtc.dtls.DtlsBuffers;
import org.webtorrent4j.rtc.dtls.DtlsIdentity;
import org.webtorrent4j.rtc.ice.IceContext;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;
import org.webtorrent4j.rtc.stun.StunMessage;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;
import org.webtorrent4j.webrtc.rtc.RtcSettings;
import org.webtorrent4j.webrtc.sdp.RemoteSdp;

/**
 * All peers of a client behind its UDP ports: finds out whose a datagram is, and holds what they
 * share. Confined to the event loop, but for {@link #awaitClosed}.
 */
final class PureEngine implements RtcEngine {
  private static final Logger LOG = LoggerFactory.getLogger(PureEngine.class);

  /** Handshakes that wait for their arithmetic, each for a fraction of a millisecond. */
  private static final int MAX_TASKS = 1_024;

  /** More connections with one machine of our kind are not wanted by anybody. */
  private static final int MAX_SLOTS = 4;

  private final RtcSettings settings;
  private final EventLoop loop;
  private final List<Slot> slots = new ArrayList<>();
  private final DtlsIdentity identity;
  private final SecureRandom random;
  private final IceContext ice;
  private final StunMessage message = new StunMessage();
  private final DtlsBuffers dtlsBuffers = new DtlsBuffers();
  private final PacketBuffer packet = new PacketBuffer();
  private final Map<String, PurePeer> byFragment = new HashMap<>();
  private final Map<Integer, PurePeer> byPrefix = new HashMap<>();
  private final ThreadPoolExecutor arithmetic;
  private final CountDownLatch closed = new CountDownLatch(1);
  private int lastPrefix;
  private boolean isClosed;

  PureEngine(
      RtcSettings settings,
      EventLoop loop,
      Sockets sockets,
      DtlsIdentity identity,
      SecureRandom random) {
    this.settings = settings;
    this.loop = loop;
    slots.add(new Slot(sockets));
    this.identity = identity;
    this.random = random;
    this.ice = IceContext.create(random);
    this.arithmetic =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_TASKS),
            task -> {
              Thread thread = new Thread(task, "wt-rtc-key");
              thread.setDaemon(true);
              return thread;
            },
            // Too many at once, or after the end: those peers run into their deadline.
            new ThreadPoolExecutor.DiscardPolicy());
    arithmetic.allowCoreThreadTimeOut(true);
    loop.execute(this::start);
  }

  private void start() {
    try {
      if (!isClosed) {
        start(slots.get(0));
      }
    } catch (IOException e) {
      LOG.debug("the UDP ports cannot be watched", e);
      close();
    }
  }

  private void start(Slot slot) throws IOException {
    slot.sockets().start(loop, (data, length, from) -> onDatagram(slot, data, length, from));
  }

  @Override
  public RtcPeer offer(RtcHandler handler) {
    PurePeer peer = newPeer(true, slots.get(0), handler);
    peer.describe("actpass", "0");
    return peer;
  }

  @Override
  public RtcPeer answer(String offer, RtcHandler handler) {
    try {
      RemoteSdp remote = RemoteSdp.parse(offer, settings.allowLoopback());
      boolean isPassive = remote.setup().filter(RemoteSdp.Setup.ACTIVE::equals).isPresent();
      PurePeer peer = newPeer(false, slotFor(RemoteValues.addresses(remote)), handler);
      peer.describe(isPassive ? "passive" : "active", remote.mid());
      peer.begin(remote, !isPassive);
      return peer;
    } catch (IOException e) {
      PurePeer peer = newPeer(false, slots.get(0), handler);
      peer.end(e);
      return peer;
    }
  }

  /** Ports by which nobody comes from these addresses yet. */
  private Slot slotFor(List<InetSocketAddress> remote) throws IOException {
    for (Slot slot : slots) {
      if (slot.isFree(remote)) {
        return slot;
      }
    }
    if (isClosed || slots.size() >= MAX_SLOTS) {
      throw new IOException("too many connections to one peer");
    }
    Slot more = new Slot(slots.get(0).sockets().openMore(settings));
    slots.add(more);
    start(more);
    return more;
  }

  /** Offers are made at once. */
  @Override
  public int spareOffers() {
    return 0;
  }

  private PurePeer newPeer(boolean isOfferer, Slot slot, RtcHandler handler) {
    PurePeer peer = new PurePeer(this, slot, isOfferer, ++lastPrefix, handler);
    if (isClosed) {
      peer.close();
    } else {
      byFragment.put(peer.fragment(), peer);
      byPrefix.put(peer.prefix(), peer);
    }
    return peer;
  }

  private void onDatagram(Slot slot, byte[] data, int length, InetSocketAddress from) {
    switch (Demux.kind(data, length)) {
      case STUN -> onStun(slot, data, length, from);
      case DTLS -> {
        PurePeer owner = slot.owner(from);
        if (owner != null) {
          owner.onDtls(data, length, from);
        }
      }
      case OTHER -> {
        // Nothing of ours; whoever sent it learns nothing.
      }
    }
  }

  private void onStun(Slot slot, byte[] data, int length, InetSocketAddress from) {
    if (!message.parse(data, 0, length, ice.auth())) {
      return;
    }
    PurePeer owner =
        message.kind() == StunMessage.Kind.REQUEST
            ? byFragment.get(asked(message.username()))
            : byPrefix.get(message.transactionPrefix());
    if (owner != null && owner.slot().equals(slot)) {
      owner.onStun(message, from);
    }
  }

  private static String asked(@Nullable String username) {
    int colon = username == null ? -1 : username.indexOf(':');
    return username == null || colon < 0 ? "" : username.substring(0, colon);
  }

  /** A peer is no more. */
  void forget(PurePeer peer) {
    byFragment.remove(peer.fragment(), peer);
    byPrefix.remove(peer.prefix(), peer);
  }

  /** Arithmetic on a thread of its own; what it returned is given the time on the loop. */
  void offload(Supplier<LongConsumer> work, Runnable then) {
    arithmetic.execute(
        () -> {
          LongConsumer result = work.get();
          loop.execute(
              () -> {
                result.accept(loop.nanoTime());
                then.run();
              });
        });
  }

  RtcSettings settings() {
    return settings;
  }

  EventLoop loop() {
    return loop;
  }

  DtlsIdentity identity() {
    return identity;
  }

  SecureRandom random() {
    return random;
  }

  IceContext ice() {
    return ice;
  }

  DtlsBuffers dtlsBuffers() {
    return dtlsBuffers;
  }

  PacketBuffer packet() {
    return packet;
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      List.copyOf(byFragment.values()).forEach(PurePeer::close);
      arithmetic.shutdown();
      // After the peers have said good-bye, which they do in tasks that are posted already.
      loop.execute(
          () -> {
            slots.forEach(slot -> slot.sockets().close());
            closed.countDown();
          });
    }
  }

  @Override
  public boolean awaitClosed(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    return closed.await(nanos, TimeUnit.NANOSECONDS)
        && arithmetic.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }
}
