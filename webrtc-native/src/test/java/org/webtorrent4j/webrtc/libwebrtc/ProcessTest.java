package org.webtorrent4j.webrtc.libwebrtc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that end, in good ways and bad. */
@Timeout(180)
class ProcessTest {
  /** Has an open pair, and then ends in the way that its argument says. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      RtcHost ours = RtcHost.open();
      RtcHost theirs = RtcHost.open();
      ours.connect(theirs);
      switch (args[0]) {
        case "close" -> {
          ours.close();
          theirs.close();
        }
        case "exit" -> System.exit(0);
        default -> ChildJvm.say("main returns and closes nothing");
      }
    }
  }

  /** Answers the offer that its parent has for it, and stays until it is killed. */
  static final class Answerer {
    private Answerer() {}

    public static void main(String[] args) throws IOException {
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      RtcHost host = RtcHost.open();
      TestPeer peer = host.answer(ChildJvm.hear(input));
      ChildJvm.say(RtcHost.get(peer.description));
      RtcHost.get(peer.opened);
      peer.write(1000);
      ChildJvm.hear(input);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "exit", "forget"})
  void processEnds(String way) {
    RtcHost.assumeNetwork();
    try (ChildJvm child = ChildJvm.start(List.of(), Program.class, way)) {
      assertEquals(0, child.exitCode());
    }
  }

  @Test
  void killedPeerIsNoticed() {
    try (RtcHost host = RtcHost.open();
        ChildJvm child = ChildJvm.start(List.of(), Answerer.class)) {
      TestPeer peer = host.offer();
      child.tell(RtcHost.get(peer.description));
      peer.accept(child.listen());
      await().until(() -> peer.received.get() == 1000);

      child.kill();

      long start = System.nanoTime();
      String reason = peer.closeReason();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      System.out.println("a killed peer was noticed after " + millis + " ms: " + reason);
      assertEquals("the peer does not answer any more", reason);
      assertTrue(millis < 40_000, millis + " ms"); // 15 s, and what the machine is late
    }
  }
}
