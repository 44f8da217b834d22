package org.webtorrent4j.tracker.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.junit.jupiter.api.Test;

/** What waits for a client that does not read. */
class OutboxTest {
  private final List<String> frames = new ArrayList<>();
  private final Deque<Callback> unread = new ArrayDeque<>();
  private final CoreSession session =
      (CoreSession)
          Proxy.newProxyInstance(
              CoreSession.class.getClassLoader(),
              new Class<?>[] {CoreSession.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("sendFrame")) {
                  frames.add(((Frame) arguments[0]).getPayloadAsUTF8());
                  unread.add((Callback) arguments[1]);
                }
                return null;
              });
  private final Outbox outbox = new Outbox(session);

  private void pong(String payload) {
    outbox.pong(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)));
  }

  private void clientReadsOne() {
    unread.remove().succeeded();
  }

  @Test
  void ofPingsThatAClientSendsAndDoesNotReadOnlyTheLastIsAnswered() {
    for (int i = 0; i < 100_000; i++) {
      pong("ping " + i);
    }
    assertEquals(List.of("ping 0"), frames);

    clientReadsOne();
    clientReadsOne();

    assertEquals(List.of("ping 0", "ping 99999"), frames);
    assertTrue(unread.isEmpty());
  }

  @Test
  void messagesBeyondTheBoundAreDroppedAndPongsCount() {
    pong("x".repeat(125));
    for (int i = 0; i < 1000; i++) {
      outbox.send("x".repeat(1000));
    }
    assertEquals(1 + ((256 << 10) - 225) / 1100, frames.size());

    clientReadsOne();
    clientReadsOne();
    outbox.send("there is room again");

    assertEquals("there is room again", frames.get(frames.size() - 1));
  }

  @Test
  void clientThatReadsNothingIsStuckAfterAMinuteAndAnIdleOneNever() {
    for (int tick = 0; tick < 100; tick++) {
      assertFalse(outbox.tick());
    }
    pong("");
    for (int tick = 1; tick < 6; tick++) {
      assertFalse(outbox.tick());
    }
    assertTrue(outbox.tick());
  }
}
