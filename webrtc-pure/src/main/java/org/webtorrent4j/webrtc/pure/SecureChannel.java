package org.webtorrent4j.webrtc.pure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.rtc.dcep.Dcep;
import org.webtorrent4j.rtc.dtls.DtlsEndpoint;
import org.webtorrent4j.rtc.dtls.Fingerprint;
import org.webtorrent4j.rtc.sctp.SctpEnd;
import org.webtorrent4j.rtc.sctp.SctpSettings;
import org.webtorrent4j.webrtc.sdp.RemoteSdp;

/**
 * All of a peer that goes through the way which ICE has found: DTLS, an SCTP association in it, and
 * one data channel in that. Confined to the event loop.
 */
final class SecureChannel {
  /** As webtorrent calls it; nobody looks. */
  private static final String LABEL = "webtorrent";

  /** A flight of the handshake is repeated after this. */
  private static final long FIRST_TIMEOUT = 200_000_000L;

  private static final int NO_CHANNEL = -1;

  private final PureEngine engine;
  private final boolean isDtlsClient;
  private final boolean opensChannel;
  private final Output out;
  private final DtlsEndpoint dtls;
  private final Dcep dcep;
  private int channel = NO_CHANNEL;
  private boolean isOpen;
  private boolean isOver;

  /** Where things go; of our methods, only {@link SecureChannel#write} may be called from there. */
  interface Output {
    /** A datagram for the peer; the bytes are on loan. */
    void send(byte[] data, int offset, int length);

    /** Something came that only the peer can have sent. */
    void onHeard();

    /** Arithmetic is done, by which something may have become due. */
    void onComputed();

    /** The channel is open, once. */
    void onOpen();

    /** What came by the channel; on loan. */
    void onBytes(ByteBuffer bytes);

    /** There is room again for what was not taken. */
    void onWritable();

    /** The end; null if the peer wanted it, after the channel was open. */
    void onDown(@Nullable IOException cause);
  }

  SecureChannel(
      PureEngine engine,
      boolean isDtlsClient,
      boolean opensChannel,
      List<Fingerprint> expected,
      RemoteSdp remote,
      Output out) {
    this.engine = engine;
    this.isDtlsClient = isDtlsClient;
    this.opensChannel = opensChannel;
    this.out = out;
    this.dtls = newDtls(expected);
    SctpSettings settings =
        SctpSettings.ofStream()
            .withPorts(OwnSdp.SCTP_PORT, remote.sctpPort())
            .withMaxMessage(OwnSdp.MAX_MESSAGE, remote.maxMessageSize());
    this.dcep =
        new Dcep(settings, engine.packet(), engine.random(), isDtlsClient, new FromChannels());
  }

  private DtlsEndpoint newDtls(List<Fingerprint> expected) {
    FromDtls output = new FromDtls();
    return isDtlsClient
        ? DtlsEndpoint.client(
            engine.identity(),
            expected,
            engine.random(),
            FIRST_TIMEOUT,
            engine.dtlsBuffers(),
            output)
        : DtlsEndpoint.server(
            engine.identity(),
            expected,
            engine.random(),
            FIRST_TIMEOUT,
            engine.dtlsBuffers(),
            output);
  }

  void start(long now) {
    dtls.start(now);
  }

  /** A datagram from an address that ICE has checked. */
  void receive(byte[] data, int length, long now) {
    dtls.receive(data, 0, length, now);
  }

  void onPathChange(long now) {
    dtls.onPathChange(now);
  }

  /** Takes what there is room for; it leaves with the next {@link #flush}. */
  int write(ByteBuffer bytes) {
    return channel == NO_CHANNEL ? 0 : dcep.write(channel, bytes);
  }

  /** Sends what may leave now. */
  void flush(long now) {
    if (isAssociated()) {
      dcep.association().flush(now);
    }
  }

  void onTime(long now) {
    dtls.onTime(now);
    if (isAssociated()) {
      dcep.association().onTime(now);
    }
  }

  /** When {@link #onTime} wants to be called. */
  long nextTime() {
    return isAssociated()
        ? Math.min(dtls.nextTime(), dcep.association().nextTime())
        : dtls.nextTime();
  }

  private boolean isAssociated() {
    return !isOver && dtls.isUp();
  }

  /** Says good-bye on both levels. */
  void close(long now) {
    if (isAssociated()) {
      isOver = true;
      dcep.association().abort("closed", now);
    }
    isOver = true;
    dtls.close();
  }

  private void onOpen(int opened) {
    if (channel == NO_CHANNEL) {
      channel = opened;
    }
    if (channel == opened && !isOpen) {
      isOpen = true;
      out.onOpen();
    }
  }

  private void end(@Nullable IOException cause) {
    if (!isOver) {
      isOver = true;
      out.onDown(cause == null && !isOpen ? new IOException("closed before it was open") : cause);
    }
  }

  private final class FromDtls implements DtlsEndpoint.Output {
    @Override
    public void send(byte[] data, int offset, int length) {
      out.send(data, offset, length);
    }

    @Override
    public void onUp() {
      out.onHeard();
      dcep.association().connect(engine.loop().nanoTime());
    }

    @Override
    public void onPlaintext(byte[] data, int offset, int length) {
      out.onHeard();
      if (!isOver) {
        dcep.association().receive(data, offset, length, engine.loop().nanoTime());
      }
    }

    @Override
    public void onDown(@Nullable IOException cause) {
      end(cause);
    }

    @Override
    public void offload(Supplier<LongConsumer> work) {
      engine.offload(work, out::onComputed);
    }
  }

  private final class FromChannels implements Dcep.Output {
    @Override
    public void send(byte[] bytes, int offset, int length) {
      dtls.write(bytes, offset, length);
    }

    @Override
    public void onEstablished() {
      if (opensChannel) {
        channel = dcep.open(LABEL);
      }
    }

    @Override
    public void onOpen(int opened) {
      SecureChannel.this.onOpen(opened);
    }

    @Override
    public void onData(int from, boolean isText, byte[] bytes, int offset, int length) {
      if (from == channel && length > 0) {
        out.onBytes(ByteBuffer.wrap(bytes, offset, length).slice());
      }
      dcep.consumed(length);
    }

    @Override
    public void onClosed(int which) {
      if (which == channel) {
        end(null);
      }
    }

    @Override
    public void onWritable() {
      if (isOpen) {
        out.onWritable();
      }
    }

    @Override
    public void onEnd(SctpEnd how, String reason) {
      end(
          how == SctpEnd.PROTOCOL || !isOpen
              ? new IOException("SCTP: " + how + ", " + reason)
              : null);
    }
  }
}
