package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webtorrent4j.piece.Priority;
import org.webtorrent4j.wire.Extension;
import org.webtorrent4j.wire.ExtensionPayload;

/**
 * Several clients with several torrents each, little memory, limits, liars, and users who cannot
 * make up their minds. More of it with {@code -Dsimulations=1000}.
 */
class TwoOfEverythingTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int CLIENTS = 3;
  private static final int ACTIONS = 60;

  private final List<TestTorrent> torrents =
      List.of(
          new TestTorrent(MEGABYTE + 777, 16 << 10, 1),
          new TestTorrent(2 * MEGABYTE, 256 << 10, 2),
          new TestTorrent(3 * MEGABYTE + 1, MEGABYTE, 3));

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("simulations", 30));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyTorrentCompletesInTheEndAndNothingIsLeftBehind(long seed) {
    Simulation simulation = new Simulation(seed);
    List<Simulation.Client> clients = new ArrayList<>();
    List<Simulation.Node> leeches = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(simulation.client(MEGABYTE, MEGABYTE << simulation.random.nextInt(3), 3));
    }
    for (TestTorrent torrent : torrents) {
      Simulation.Node source = clients.get(0).seed(torrent);
      Simulation.Node other = simulation.seed(torrent, MEGABYTE / 2);
      List<Simulation.Node> known = new ArrayList<>(List.of(source, other));
      for (Simulation.Client client : clients.subList(1, CLIENTS)) {
        boolean isMagnet = simulation.random.nextBoolean();
        Simulation.Node leech = isMagnet ? client.magnetLeech(torrent) : client.leech(torrent);
        known.forEach(leech::knows);
        known.add(leech);
        leeches.add(leech);
      }
      for (Simulation.Node node : known) {
        liar(simulation, torrent).connect(node);
      }
    }

    for (int i = 0; i < ACTIONS; i++) {
      act(simulation, clients, leeches.get(simulation.random.nextInt(leeches.size())));
      simulation.run(Duration.ofMillis(simulation.random.nextInt(1000)));
    }
    clients.forEach(client -> client.session.downloadLimit(0));
    clients.forEach(client -> client.session.uploadLimit(0));
    for (Simulation.Node leech : leeches) {
      leech.storage.isFull = false;
      leech.swarm.priority(0, Priority.NORMAL);
      leech.swarm.start();
    }
    simulation.runUntil(
        () -> leeches.stream().allMatch(Simulation.Node::isComplete), Duration.ofMinutes(30));

    for (int i = 0; i < leeches.size(); i++) {
      TestTorrent torrent = torrents.get(i / (CLIENTS - 1));
      assertArrayEquals(torrent.content, leeches.get(i).storage.bytes);
    }
    int[] ends = {0};
    clients.forEach(client -> client.session.close(() -> ends[0]++));
    simulation.run(Duration.ofSeconds(5));
    assertEquals(CLIENTS, ends[0]);
    for (Simulation.Client client : clients) {
      assertEquals(0, client.session.memory().pool().used(), "of " + seed);
    }
  }

  private static void act(
      Simulation simulation, List<Simulation.Client> clients, Simulation.Node leech) {
    Simulation.Client client = clients.get(simulation.random.nextInt(CLIENTS));
    switch (simulation.random.nextInt(10)) {
      case 8 -> {
        client.host.crash();
        client.host.start(client.session);
      }
      case 9 -> leech.storage.isFull = !leech.storage.isFull;
      case 0 -> leech.swarm.pause();
      case 1, 2 -> leech.swarm.start();
      case 3 -> leech.swarm.recheck();
      case 4 -> client.session.uploadLimit(simulation.random.nextInt(3) * 300_000L);
      case 5 -> client.session.downloadLimit(simulation.random.nextInt(3) * 300_000L);
      case 6 -> leech.swarm.downloadLimit(simulation.random.nextInt(3) * 100_000L);
      default ->
          leech.swarm.priority(
              0, simulation.random.nextInt(3) == 0 ? Priority.SKIP : Priority.NORMAL);
    }
  }

  /** Says that it has all, and does something else each time. */
  private static ScriptedPeer liar(Simulation simulation, TestTorrent torrent) {
    return new ScriptedPeer(simulation, torrent) {
      @Override
      void onBegun() {
        out.haveAll();
        out.interested();
        out.unchoke();
        every(50_000_000, this::lie);
      }

      private void lie() {
        int piece = simulation.random.nextInt(torrent.info.pieceCount());
        switch (simulation.random.nextInt(8)) {
          case 0 -> out.choke();
          case 1 -> out.unchoke();
          case 2 -> out.have(piece);
          case 3 -> out.extended(Extension.LT_DONTHAVE.id(), ExtensionPayload.dontHave(piece));
          case 4 -> out.request(piece, 0, 16 << 10);
          case 5 -> out.cancel(piece, 0, 16 << 10);
          case 6 -> out.notInterested();
          default -> out.interested();
        }
      }

      @Override
      public void onRequest(int piece, int begin, int length) {
        if (simulation.random.nextBoolean()) {
          out.reject(piece, begin, length);
        }
      }
    };
  }
}
