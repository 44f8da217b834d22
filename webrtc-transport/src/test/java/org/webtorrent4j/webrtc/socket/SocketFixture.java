package org.webtorrent4j.webrtc.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.webtorrent4j.loop.VirtualLoop;

/** A client of WebSockets on a virtual loop; checks at the end that no thread is left. */
class SocketFixture {
  final VirtualLoop loop = new VirtualLoop();
  final WebSockets sockets = new WebSockets(loop);
  final List<AutoCloseable> open = new ArrayList<>();
  final Recorder events = new Recorder();
  @Nullable WebSocket socket;

  @AfterEach
  final void nothingIsLeft() throws Exception {
    if (socket != null) {
      socket.close();
    }
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
    assertTrue(sockets.awaitClosed(TimeUnit.SECONDS.toNanos(20)), "threads are left");
  }

  final ScriptedServer server(ScriptedServer.Script script) throws IOException {
    ScriptedServer server = ScriptedServer.upgrading(script);
    open.add(server);
    return server;
  }

  final WebSocket connect(URI uri) {
    WebSocket opened = sockets.open(uri, events);
    socket = opened;
    return opened;
  }

  /** Opens a socket to a server with this script and waits until it is open. */
  final WebSocket connected(ScriptedServer.Script script) throws Exception {
    WebSocket opened = connect(server(script).uri("/announce"));
    await(() -> events.isOpen || events.cause != null);
    assertTrue(events.isOpen, () -> String.valueOf(events.cause));
    return opened;
  }

  final void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      loop.awaitTask();
    }
  }

  /** Waits for the end and returns why it came. */
  final String failure() throws InterruptedException {
    await(() -> events.cause != null);
    return String.valueOf(events.cause == null ? null : events.cause.getMessage());
  }

  /** Remembers what the handler is told. */
  static final class Recorder implements WebSocket.Handler {
    final List<String> messages = new ArrayList<>();
    boolean isOpen;
    @Nullable IOException cause;

    @Override
    public void onOpen() {
      assertEquals(null, cause);
      isOpen = true;
    }

    @Override
    public void onMessage(String text) {
      assertTrue(isOpen);
      assertEquals(null, cause);
      messages.add(text);
    }

    @Override
    public void onClosed(IOException newCause) {
      assertEquals(null, cause);
      cause = newCause;
    }
  }
}
