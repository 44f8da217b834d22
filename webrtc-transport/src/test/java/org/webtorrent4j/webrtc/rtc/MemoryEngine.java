package org.webtorrent4j.webrtc.rtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.sdp.TestSdp;

/** Engines of one process that connect through memory; of a description only the name counts. */
public final class MemoryEngine implements RtcEngine {
  private final EventLoop loop;
  private final Map<String, Peer> net;
  private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  /**
   * An engine.
   *
   * @param net shared by those that are to find each other; any map for any thread
   */
  public MemoryEngine(EventLoop loop, Map<String, Peer> net) {
    this.loop = loop;
    this.net = net;
  }

  /** How many peers are not closed. */
  public int open() {
    return peers.size();
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return isClosed;
  }

  @Override
  public RtcPeer offer(RtcHandler handler) {
    return new Peer(null, handler);
  }

  @Override
  public RtcPeer answer(String offer, RtcHandler handler) {
    return new Peer(offer, handler);
  }

  @Override
  public void close() {
    isClosed = true;
    peers.forEach(Peer::close);
  }

  @Override
  public boolean awaitClosed(long nanos) {
    return isClosed;
  }

  /** One end. */
  public final class Peer implements RtcPeer {
    private final RtcHandler handler;
    private final String name = UUID.randomUUID().toString();
    private volatile @Nullable Peer other;
    private boolean hasEnded;

    Peer(@Nullable String offer, RtcHandler handler) {
      this.handler = handler;
      peers.add(this);
      net.put(name, this);
      other = offer == null ? null : net.get(TestSdp.name(offer));
      loop.execute(() -> handler.onDescription(TestSdp.of(name)));
    }

    @Override
    public void accept(String answer) {
      Peer answerer = net.get(TestSdp.name(answer));
      if (answerer != null && answerer.other == this) {
        other = answerer;
        loop.execute(this::open);
        answerer.onLoop(answerer::open);
      }
    }

    private void open() {
      if (!hasEnded) {
        handler.onOpen();
      }
    }

    private void onLoop(Runnable task) {
      loop.execute(task);
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) {
      long taken = 0;
      for (int i = offset; i < offset + count; i++) {
        byte[] copy = new byte[buffers[i].remaining()];
        buffers[i].get(copy);
        taken += copy.length;
        Peer target = other;
        if (target != null && copy.length > 0) {
          target.onLoop(() -> target.receive(copy));
        }
      }
      return taken;
    }

    private void receive(byte[] bytes) {
      if (!hasEnded) {
        handler.onBytes(ByteBuffer.wrap(bytes));
      }
    }

    @Override
    public SocketAddress remoteAddress() {
      return InetSocketAddress.createUnresolved("memory", 1);
    }

    @Override
    public void close() {
      loop.execute(() -> end(null));
      Peer target = other;
      if (target != null) {
        target.onLoop(() -> target.end(null));
      }
    }

    private void end(@Nullable IOException cause) {
      if (!hasEnded) {
        hasEnded = true;
        peers.remove(this);
        net.remove(name);
        handler.onClosed(cause);
      }
    }
  }
}
