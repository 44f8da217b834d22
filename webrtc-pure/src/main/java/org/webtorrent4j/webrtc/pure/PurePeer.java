package org.webtorrent4j.webrtc.pure;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.rtc.dtls.Fingerprint;
import org.webtorrent4j.rtc.ice.IceAgent;
import org.webtorrent4j.rtc.ice.IceCredentials;
import org.webtorrent4j.rtc.ice.IceFailure;
import org.webtorrent4j.rtc.stun.StunMessage;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;
import org.webtorrent4j.webrtc.sdp.RemoteSdp;

/**
 * One peer: ICE finds the way, DTLS and all above it is a {@link SecureChannel} as soon as the way
 * works. Confined to the event loop.
 */
final class PurePeer implements RtcPeer {
  private static final long NEVER = Long.MAX_VALUE;

  /** Addresses from which a peer may be heard; honest ones have a few. */
  private static final int MAX_ADDRESSES = 32;

  private final PureEngine engine;
  private final Slot slot;
  private final EventLoop loop;
  private final boolean isOfferer;
  private final int prefix;
  private final RtcHandler handler;
  private final IceCredentials credentials;
  private final IceAgent agent;
  private final List<InetSocketAddress> claimed = new ArrayList<>();
  private List<InetSocketAddress> expected = List.of();
  private final EarlyHello early = new EarlyHello();
  private @Nullable RemoteSdp remote;
  private boolean isDtlsClient;
  private @Nullable SecureChannel channel;
  private EventLoop.@Nullable Timer timer;
  private long armedFor = NEVER;
  private long deadline = NEVER;
  private boolean isReachable;
  private boolean isTouched;
  private boolean isEnding;

  PurePeer(PureEngine engine, Slot slot, boolean isOfferer, int prefix, RtcHandler handler) {
    this.engine = engine;
    this.slot = slot;
    this.loop = engine.loop();
    this.isOfferer = isOfferer;
    this.prefix = prefix;
    this.handler = handler;
    this.credentials = IceCredentials.create(engine.random());
    this.agent =
        new IceAgent(
            isOfferer,
            credentials,
            prefix,
            engine.ice(),
            slot.sockets()::isUsable,
            new FromAgent());
  }

  String fragment() {
    return credentials.ufrag();
  }

  int prefix() {
    return prefix;
  }

  Slot slot() {
    return slot;
  }

  /** Hands our description out, soon. */
  void describe(String setup, String mid) {
    OwnSdp own =
        new OwnSdp(
            engine.random().nextLong() >>> 2 | 1,
            credentials,
            engine.identity().fingerprint(),
            setup,
            mid,
            slot.sockets().addresses());
    loop.execute(
        () -> {
          if (!isEnding) {
            handler.onDescription(own.write());
          }
        });
  }

  @Override
  public void accept(String answer) {
    if (isEnding || !isOfferer || remote != null) {
      return;
    }
    try {
      RemoteSdp parsed = RemoteSdp.parse(answer, engine.settings().allowLoopback());
      RemoteSdp.Setup setup = parsed.setup().orElse(RemoteSdp.Setup.ACTIVE);
      begin(parsed, setup == RemoteSdp.Setup.PASSIVE);
    } catch (ProtocolException e) {
      end(e);
    }
  }

  /** Both descriptions are known: looks for the way. */
  void begin(RemoteSdp description, boolean weAreDtlsClient) throws ProtocolException {
    if (isEnding) {
      return;
    }
    if (RemoteValues.fingerprints(description).isEmpty()) {
      throw new ProtocolException("session description without a fingerprint that is known");
    }
    remote = description;
    expected = RemoteValues.addresses(description);
    slot.expect(expected);
    isDtlsClient = weAreDtlsClient;
    deadline = loop.nanoTime() + engine.settings().connectTimeout().toNanos();
    agent.start(RemoteValues.ice(description), loop.nanoTime());
    touch();
  }

  void onStun(StunMessage message, InetSocketAddress from) {
    if (!isEnding) {
      agent.receive(message, from, loop.nanoTime());
      secure();
      touch();
    }
  }

  void onDtls(byte[] data, int length, InetSocketAddress from) {
    if (isEnding) {
      return;
    }
    SecureChannel secured = channel;
    if (secured != null && agent.mayReceive(from)) {
      secured.receive(data, length, loop.nanoTime());
      touch();
    } else if (agent.isEarly(from) && Demux.isHandshake(data)) {
      early.hold(data, length, from);
    }
  }

  /** Begins DTLS with the first way that works, and gives it what came by that way before. */
  private void secure() {
    RemoteSdp description = remote;
    if (isEnding || !isReachable || description == null) {
      return;
    }
    SecureChannel secured = channel;
    if (secured == null) {
      List<Fingerprint> expected = RemoteValues.fingerprints(description);
      secured =
          new SecureChannel(
              engine, isDtlsClient, isOfferer, expected, description, new FromChannel());
      channel = secured;
      secured.start(loop.nanoTime());
    }
    SecureChannel ready = secured;
    early.take(agent::mayReceive, hello -> ready.receive(hello, hello.length, loop.nanoTime()));
  }

  /** Something has changed: at the end of the turn all that may leave does. */
  private void touch() {
    if (!isTouched && !isEnding) {
      isTouched = true;
      loop.atTurnEnd(this::onTurnEnd);
    }
  }

  private void onTurnEnd() {
    isTouched = false;
    if (isEnding) {
      return;
    }
    SecureChannel secured = channel;
    if (secured != null) {
      secured.flush(loop.nanoTime());
    }
    arm();
  }

  /** A timer that is too early finds nothing due; that is cheaper than a new one each time. */
  private void arm() {
    SecureChannel secured = channel;
    long next = Math.min(deadline, agent.nextTime());
    if (secured != null) {
      next = Math.min(next, secured.nextTime());
    }
    if (isEnding || next >= armedFor) {
      return;
    }
    disarm();
    armedFor = next;
    timer = loop.schedule(next - loop.nanoTime(), this::onTime);
  }

  private void disarm() {
    EventLoop.Timer armed = timer;
    if (armed != null) {
      armed.cancel();
    }
    timer = null;
    armedFor = NEVER;
  }

  private void onTime() {
    timer = null;
    armedFor = NEVER;
    long now = loop.nanoTime();
    if (now >= deadline) {
      end(new IOException("the channel did not open in time"));
      return;
    }
    agent.onTime(now);
    SecureChannel secured = channel;
    if (secured != null && !isEnding && now >= secured.nextTime()) {
      secured.onTime(now);
    }
    if (!isEnding) {
      arm();
    }
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    long taken = 0;
    SecureChannel secured = channel;
    for (int i = offset; i < offset + count; i++) {
      ByteBuffer buffer = buffers[i];
      if (isEnding || secured == null) {
        taken += buffer.remaining();
        buffer.position(buffer.limit());
      } else {
        taken += secured.write(buffer);
        if (buffer.hasRemaining()) {
          break;
        }
      }
    }
    touch();
    return taken;
  }

  @Override
  public SocketAddress remoteAddress() {
    InetSocketAddress path = agent.path();
    return path != null ? path : InetSocketAddress.createUnresolved("unknown", 0);
  }

  @Override
  public void close() {
    end(null);
  }

  /** Ends soon: this may be called from inside of any of the parts. */
  void end(@Nullable IOException cause) {
    if (isEnding) {
      return;
    }
    isEnding = true;
    disarm();
    loop.execute(
        () -> {
          SecureChannel secured = channel;
          if (secured != null) {
            secured.close(loop.nanoTime());
          }
          agent.close();
          engine.forget(this);
          slot.release(this, claimed, expected);
          handler.onClosed(cause);
        });
  }

  private final class FromAgent implements IceAgent.Output {
    @Override
    public void send(byte[] data, int length, InetSocketAddress to) {
      slot.sockets().send(data, 0, length, to);
    }

    @Override
    public void onPath(InetSocketAddress from) {
      if (claimed.contains(from) || claimed.size() >= MAX_ADDRESSES) {
        return;
      }
      if (slot.claim(from, PurePeer.this)) {
        claimed.add(from);
      } else {
        end(new IOException("another peer comes from there already"));
      }
    }

    @Override
    public void onValid(InetSocketAddress to) {
      isReachable = true;
    }

    @Override
    public void onSelected(InetSocketAddress to, boolean isMoved) {
      SecureChannel secured = channel;
      if (isMoved && secured != null) {
        secured.onPathChange(loop.nanoTime());
      }
    }

    @Override
    public void onFailed(IceFailure why) {
      end(new IOException("ICE: " + why));
    }
  }

  private final class FromChannel implements SecureChannel.Output {
    @Override
    public void send(byte[] data, int offset, int length) {
      InetSocketAddress path = agent.path();
      if (path != null) {
        slot.sockets().send(data, offset, length, path);
      }
    }

    @Override
    public void onHeard() {
      agent.onHeard(loop.nanoTime());
    }

    @Override
    public void onComputed() {
      touch();
    }

    @Override
    public void onOpen() {
      if (!isEnding) {
        deadline = NEVER;
        handler.onOpen();
      }
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      if (!isEnding) {
        handler.onBytes(bytes);
      }
    }

    @Override
    public void onWritable() {
      if (!isEnding) {
        handler.onWritable();
      }
    }

    @Override
    public void onDown(@Nullable IOException cause) {
      end(cause);
    }
  }
}
