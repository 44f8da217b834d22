package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.IdentityHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;

/**
 * What runs on each storage at the moment, so that its last operation can wait for the others.
 * Confined to the event loop but for what says otherwise.
 */
final class Lanes {
  private final EventLoop loop;
  private final Executor disk;
  private final IdentityHashMap<Object, Lane> lanes = new IdentityHashMap<>();

  Lanes(EventLoop loop, Executor disk) {
    this.loop = loop;
    this.disk = disk;
  }

  /** Work that ends with a report or with handing the rest to another worker. */
  interface Step {
    void run() throws IOException;
  }

  /** The lane of a storage that is open. */
  Lane of(Object storage) {
    assert loop.inLoop();
    return lanes.computeIfAbsent(storage, Lane::new);
  }

  /** A lane for what waits for nothing and is waited for by nothing. */
  Lane alone(Object storage) {
    return new Lane(storage);
  }

  /** The operations of one storage. */
  final class Lane {
    private final Object storage;
    private final Executor writes = new Serial(disk);
    private int running;
    private boolean isClosing;
    private @Nullable Runnable last;

    private Lane(Object storage) {
      this.storage = storage;
    }

    boolean isClosing() {
      return isClosing;
    }

    /**
     * Runs what writes, one after the other: file systems let one thread at a time write to a file,
     * and threads that wait for it burn a fifth of the CPU time of writing (ext4, Linux 6.18).
     */
    Executor writes() {
      return writes;
    }

    void enter() {
      running++;
    }

    void leave() {
      running--;
      if (running > 0) {
        return;
      }
      Runnable next = last;
      last = null;
      if (next != null) {
        next.run();
      } else {
        lanes.remove(storage, this);
      }
    }

    <T> void run(
        Executor on, DiskIo.Job<T> job, Consumer<T> onResult, Consumer<IOException> onFailed) {
      begin(on, step(job, onResult), onFailed);
    }

    void begin(Executor on, Step step, Consumer<IOException> onFailed) {
      enter();
      if (isClosing) {
        report(() -> onFailed.accept(new ClosedChannelException()));
      } else {
        hand(on, step, onFailed);
      }
    }

    /** Runs a job when all that was begun has ended; what is begun from now on fails. */
    <T> void last(DiskIo.Job<T> job, Consumer<T> onResult, Consumer<IOException> onFailed) {
      if (isClosing) {
        throw new IllegalStateException("the storage is closed twice");
      }
      enter();
      isClosing = true;
      last =
          () -> {
            enter();
            hand(disk, step(job, onResult), onFailed);
          };
      leave();
    }

    /** Any thread: lets a worker do a step, and sees to it that a failure is reported. */
    void hand(Executor on, Step step, Consumer<IOException> onFailed) {
      Runnable task =
          () -> {
            try {
              step.run();
            } catch (IOException e) {
              report(() -> onFailed.accept(e));
            } catch (RuntimeException | Error e) { // a foreign storage may throw anything
              report(() -> onFailed.accept(new IOException("the storage failed: " + e, e)));
            }
          };
      try {
        on.execute(task);
      } catch (RejectedExecutionException e) {
        report(() -> onFailed.accept(new IOException("the workers have ended", e)));
      }
    }

    /** Any thread: the end of an operation. */
    void report(Runnable report) {
      loop.execute(
          () -> {
            try {
              report.run();
            } finally {
              leave();
            }
          });
    }

    private <T> Step step(DiskIo.Job<T> job, Consumer<T> onResult) {
      return () -> {
        T result = job.run();
        report(() -> onResult.accept(result));
      };
    }
  }
}
