package org.webtorrent4j.webrtc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.webtorrent4j.transport.TransportContract;
import org.webtorrent4j.webrtc.pure.PureHost;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;

/** The contract of every transport, for data channels between two engines in Java alone. */
class PureConnectionContractTest extends TransportContract {
  /** The contract floods loops that are slow to check every byte, which no honest peer does. */
  private static final long FLOOD = 256L * 1024 * 1024;

  private final PureHost dialer = PureHost.open();
  private final PureHost acceptor = PureHost.open();

  @Override
  protected Pair connect() {
    End offerer = new End(dialer, false);
    dialer.call(() -> offerer.use(dialer.engine().offer(offerer)));
    String offer = PureHost.get(offerer.description);
    End answerer = new End(acceptor, true);
    acceptor.call(() -> answerer.use(acceptor.engine().answer(offer, answerer)));
    String answer = PureHost.get(answerer.description);
    dialer.call(
        () -> {
          offerer.peer.join().accept(answer);
          return true;
        });
    return new Pair(
        dialer.loop(),
        PureHost.get(offerer.opened),
        acceptor.loop(),
        PureHost.get(answerer.opened));
  }

  @Override
  protected boolean isEncrypted() {
    return true;
  }

  @AfterEach
  void closeHosts() {
    dialer.close();
    acceptor.close();
  }

  /** What a transport does with a peer until it is open. */
  private static final class End implements RtcHandler {
    private final CompletableFuture<RtcPeer> peer = new CompletableFuture<>();
    private final CompletableFuture<String> description = new CompletableFuture<>();
    private final CompletableFuture<RtcConnection> opened = new CompletableFuture<>();
    private final PureHost host;
    private final boolean isIncoming;

    End(PureHost host, boolean isIncoming) {
      this.host = host;
      this.isIncoming = isIncoming;
    }

    boolean use(RtcPeer newPeer) {
      return peer.complete(newPeer);
    }

    @Override
    public void onDescription(String sdp) {
      description.complete(sdp);
    }

    @Override
    public void onOpen() {
      opened.complete(new RtcConnection(host.loop(), peer.join(), isIncoming, FLOOD));
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      opened.join().onBytes(bytes);
    }

    @Override
    public void onWritable() {
      opened.join().onWritable();
    }

    @Override
    public void onClosed(@Nullable IOException cause) {
      opened.join().onClosed(cause);
    }
  }
}
