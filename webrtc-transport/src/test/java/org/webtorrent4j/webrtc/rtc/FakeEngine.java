package org.webtorrent4j.webrtc.rtc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.sdp.TestSdp;

/** An engine without a network: descriptions come after a while, channels when a test says so. */
public final class FakeEngine implements RtcEngine {
  private final EventLoop loop;

  /** All peers there ever were, in their order. */
  public final List<FakePeer> peers = new ArrayList<>();

  /** How long descriptions take; negative = they never come. */
  public long gatherNanos;

  /** Whether offers end at once with an error. */
  public boolean isBroken;

  /** How many offers are made ahead. */
  public int spareOffers = 5;

  /** What is appended to each description, to make it longer. */
  public String padding = "";

  private boolean isClosed;

  /** An engine on this loop. */
  public FakeEngine(EventLoop loop) {
    this.loop = loop;
  }

  /** Those that are not closed. */
  public List<FakePeer> open() {
    return peers.stream().filter(peer -> !peer.isClosed).toList();
  }

  /** The peer that made a description. */
  public FakePeer maker(String sdp) {
    for (FakePeer peer : peers) {
      if (sdp.equals(peer.description)) {
        return peer;
      }
    }
    throw new AssertionError("nobody made " + sdp);
  }

  @Override
  public int spareOffers() {
    return spareOffers;
  }

  @Override
  public RtcPeer offer(RtcHandler handler) {
    return add(new FakePeer("offer-" + peers.size(), null, handler));
  }

  @Override
  public RtcPeer answer(String offer, RtcHandler handler) {
    return add(new FakePeer("answer-" + peers.size(), TestSdp.name(offer), handler));
  }

  private FakePeer add(FakePeer peer) {
    peers.add(peer);
    if (isBroken) {
      loop.execute(() -> peer.end(new IOException("broken")));
    } else if (gatherNanos == 0) {
      loop.execute(peer::describe);
    } else if (gatherNanos > 0) {
      loop.schedule(gatherNanos, peer::describe);
    }
    return peer;
  }

  @Override
  public void close() {
    isClosed = true;
    peers.forEach(FakePeer::close);
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return isClosed;
  }

  @Override
  public boolean awaitClosed(long nanos) {
    return isClosed;
  }

  /** One end of no connection. */
  public final class FakePeer implements RtcPeer {
    /** What it describes itself with. */
    public final String description;

    /** The name of the offer it answers; null if it makes one. */
    public final @Nullable String offer;

    /** The name of the answer it was given. */
    public @Nullable String answer;

    /** Whether it has ended. */
    public boolean isClosed;

    private final RtcHandler handler;

    FakePeer(String name, @Nullable String offer, RtcHandler handler) {
      this.description = "v=0\r\ns=" + name + "\r\n" + padding;
      this.offer = offer;
      this.handler = handler;
    }

    /** Gives its description, if it is not closed. */
    public void describe() {
      if (!isClosed) {
        handler.onDescription(description);
      }
    }

    /** Gives another one. */
    public void describe(String better) {
      handler.onDescription(better);
    }

    /** Opens the channel. */
    public void openChannel() {
      if (isClosed) {
        throw new AssertionError("it is closed");
      }
      handler.onOpen();
    }

    /** Receives bytes. */
    public void receive(byte[] bytes) {
      handler.onBytes(ByteBuffer.wrap(bytes));
    }

    /** Ends by itself. */
    public void end(@Nullable IOException cause) {
      if (!isClosed) {
        isClosed = true;
        handler.onClosed(cause);
      }
    }

    @Override
    public void accept(String newAnswer) {
      if (answer == null) {
        answer = TestSdp.name(newAnswer);
      }
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) {
      long taken = 0;
      for (int i = offset; i < offset + count; i++) {
        taken += buffers[i].remaining();
        buffers[i].position(buffers[i].limit());
      }
      return taken;
    }

    @Override
    public SocketAddress remoteAddress() {
      return InetSocketAddress.createUnresolved("fake", 1);
    }

    @Override
    public void close() {
      if (!isClosed) {
        isClosed = true;
        loop.execute(() -> handler.onClosed(null));
      }
    }
  }
}
