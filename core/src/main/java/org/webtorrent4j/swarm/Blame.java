package org.webtorrent4j.swarm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.webtorrent4j.piece.PieceProgress;
import org.webtorrent4j.piece.Source;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.storage.PieceBuffer;
import org.webtorrent4j.storage.TorrentStorage;

/**
 * Finds out who spoils pieces. A bad piece that one peer sent whole tells at once. Else the hashes
 * of its blocks are kept with their senders, the piece is fetched anew from one peer, and when it
 * passes the blocks are compared: who sent another block than the right one is banned, nobody else.
 * Confined to the event loop.
 */
final class Blame {
  /** What was received of one block when its piece failed. */
  private static final class Evidence {
    final Peer sender;
    final byte[] sha1;

    Evidence(Peer sender, byte[] sha1) {
      this.sender = sender;
      this.sha1 = sha1;
    }
  }

  private final Swarm swarm;
  private final DiskIo disk;
  private final TorrentStorage storage;
  private final Map<Integer, Map<Integer, List<Evidence>>> evidence = new HashMap<>();

  Blame(Swarm swarm, DiskIo disk, TorrentStorage storage) {
    this.swarm = swarm;
    this.disk = disk;
    this.storage = storage;
  }

  /** Whether a piece has failed and not passed since. */
  boolean isSuspect(int piece) {
    return evidence.containsKey(piece);
  }

  /** A piece failed its hash. The buffer is read until {@code done} is run. */
  void onFailed(PieceProgress progress, PieceBuffer buffer, Runnable done) {
    Set<Peer> senders = new HashSet<>();
    for (int block = 0; block < progress.blockCount(); block++) {
      senders.add(sender(progress, block));
    }
    int piece = progress.piece();
    if (senders.size() == 1) {
      evidence.computeIfAbsent(piece, p -> new HashMap<>());
      swarm
          .connections()
          .ban(senders.iterator().next(), "sent piece " + piece + " with a wrong hash");
      done.run();
      return;
    }
    hashBlocks(
        buffer,
        hashes -> {
          Map<Integer, List<Evidence>> blocks =
              evidence.computeIfAbsent(piece, p -> new HashMap<>());
          for (int block = 0; block < hashes.size(); block++) {
            blocks
                .computeIfAbsent(block, b -> new ArrayList<>())
                .add(new Evidence(sender(progress, block), hashes.get(block)));
          }
        },
        done);
  }

  /** A suspect piece has passed. The buffer is read until {@code done} is run. */
  void onPassed(PieceProgress progress, PieceBuffer buffer, Runnable done) {
    Map<Integer, List<Evidence>> blocks = evidence.remove(progress.piece());
    if (blocks == null || blocks.isEmpty()) {
      done.run();
      return;
    }
    hashBlocks(
        buffer,
        hashes ->
            blocks.forEach(
                (block, received) -> {
                  for (Evidence item : received) {
                    if (!Arrays.equals(item.sha1, hashes.get(block))) {
                      swarm
                          .connections()
                          .ban(
                              item.sender,
                              "sent a wrong block " + block + " of piece " + progress.piece());
                    }
                  }
                }),
        done);
  }

  private void hashBlocks(PieceBuffer buffer, Consumer<List<byte[]>> use, Runnable done) {
    disk.hashBlocks(
        storage,
        buffer,
        new DiskIo.ResultHandler<>() {
          @Override
          public void onResult(List<byte[]> hashes) {
            use.accept(hashes);
            done.run();
          }

          @Override
          public void onFailed(IOException cause) {
            done.run(); // the client is closing: nobody is left to blame
          }
        });
  }

  private static Peer sender(PieceProgress progress, int block) {
    Source sender = progress.sender(block);
    return ((PeerRequests) sender).peer();
  }
}
