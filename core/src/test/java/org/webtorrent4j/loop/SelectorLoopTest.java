package org.webtorrent4j.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SelectorLoopTest {
  private SelectorLoop loop;

  @BeforeEach
  void openLoop() throws IOException {
    loop = SelectorLoop.open("test-loop");
  }

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  @Test
  void tasksRunOnTheLoopInTheOrderTheyWerePosted() throws Exception {
    List<Integer> ran = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      loop.execute(() -> ran.add(number));
    }

    assertTrue(onLoop(loop::inLoop));

    assertFalse(loop.inLoop());
    assertEquals(10_000, ran.size());
    for (int i = 0; i < ran.size(); i++) {
      assertEquals(i, ran.get(i));
    }
  }

  @Test
  void tasksOfManyThreadsAllRun() throws Exception {
    int threads = 4;
    int each = 20_000;
    AtomicInteger ran = new AtomicInteger();
    List<Thread> posters = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread poster =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  loop.execute(ran::incrementAndGet);
                }
              });
      poster.start();
      posters.add(poster);
    }
    for (Thread poster : posters) {
      poster.join();
    }

    assertEquals(threads * each, onLoop(ran::get));
  }

  @Test
  void taskPostedOnTheLoopDoesNotRunInsideTheCall() throws Exception {
    List<String> ran = new ArrayList<>();

    onLoop(
        () -> {
          loop.execute(() -> ran.add("posted"));
          return ran.add("posting");
        });

    assertEquals(List.of("posting", "posted"), onLoop(() -> ran));
  }

  @Test
  void failingTaskDoesNotEndTheLoop() throws Exception {
    loop.execute(
        () -> {
          throw new AssertionError("thrown by a test");
        });

    assertEquals("alive", onLoop(() -> "alive"));
  }

  @Test
  void timersRunInOrderAndNotBeforeTheirTime() throws Exception {
    CompletableFuture<List<String>> done = new CompletableFuture<>();
    long begin = System.nanoTime();

    loop.execute(
        () -> {
          List<String> ran = new ArrayList<>();
          loop.schedule(
              TimeUnit.MILLISECONDS.toNanos(20),
              () -> {
                ran.add("late");
                done.complete(ran);
              });
          loop.schedule(TimeUnit.MILLISECONDS.toNanos(10), () -> ran.add("cancelled")).cancel();
          loop.schedule(TimeUnit.MILLISECONDS.toNanos(5), () -> ran.add("early"));
          loop.schedule(-1, () -> ran.add("at once"));
          loop.schedule(Long.MAX_VALUE, () -> ran.add("never"));
        });

    assertEquals(List.of("at once", "early", "late"), await(done));
    // The delay counts from the time of the turn, which may have begun before the task was posted.
    assertTrue(System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(5));
  }

  @Test
  void timerOfASleepingLoopCountsFromTheEventThatWokeIt() throws Exception {
    // A stale clock would make this timer due at once: the loop has slept before.
    CompletableFuture<Long> late = new CompletableFuture<>();
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    long delay = TimeUnit.MILLISECONDS.toNanos(30);
    onLoop(
        () ->
            loop.register(
                pipe.source(),
                SelectionKey.OP_READ,
                ready -> {
                  long start = System.nanoTime();
                  drain(pipe);
                  loop.schedule(delay, () -> late.complete(System.nanoTime() - start));
                }));
    CompletableFuture<Boolean> slept = new CompletableFuture<>();
    loop.execute(
        () -> loop.schedule(TimeUnit.MILLISECONDS.toNanos(40), () -> slept.complete(true)));
    await(slept);

    pipe.sink().write(ByteBuffer.allocate(1));

    long waited = await(late);
    assertTrue(waited >= delay - TimeUnit.MILLISECONDS.toNanos(5), "waited " + waited);
    pipe.sink().close();
    pipe.source().close();
  }

  @Test
  void turnEndTasksRunAfterThePostedTasksOfTheTurn() throws Exception {
    List<String> ran = new ArrayList<>();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch posted = new CountDownLatch(1);
    loop.execute(
        () -> {
          busy.countDown();
          awaitQuietly(posted);
        });
    busy.await(); // so that the tasks below are all found by the next turn

    loop.execute(
        () -> {
          ran.add("task 1");
          loop.execute(() -> ran.add("next turn"));
          loop.atTurnEnd(
              () -> {
                ran.add("turn end 1");
                loop.atTurnEnd(() -> ran.add("turn end 2"));
              });
        });
    loop.execute(() -> ran.add("task 2"));
    posted.countDown();

    onLoop(() -> null); // may run in the same turn as the tasks,
    onLoop(() -> null); // but not both of them
    assertEquals(
        List.of("task 1", "task 2", "turn end 1", "turn end 2", "next turn"), onLoop(() -> ran));
  }

  @Test
  void readyChannelsAreServedThoughTasksKeepPostingTasks() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    CompletableFuture<Integer> ready = new CompletableFuture<>();
    onLoop(() -> loop.register(pipe.source(), SelectionKey.OP_READ, ready::complete));
    Runnable busy =
        new Runnable() {
          @Override
          public void run() {
            if (!ready.isDone()) {
              loop.execute(this);
            }
          }
        };
    loop.execute(busy);

    pipe.sink().write(ByteBuffer.allocate(1));

    assertEquals(SelectionKey.OP_READ, await(ready));
    pipe.sink().close();
    pipe.source().close();
  }

  @Test
  void laterRegistrationReplacesTheEarlier() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    CompletableFuture<Integer> ready = new CompletableFuture<>();
    onLoop(
        () -> {
          EventLoop.Registration first =
              loop.register(pipe.source(), 0, ops -> fail("was replaced"));
          loop.register(pipe.source(), SelectionKey.OP_READ, ready::complete);
          first.interestOps(SelectionKey.OP_READ);
          first.cancel();
          return null;
        });

    pipe.sink().write(ByteBuffer.allocate(1));

    assertEquals(SelectionKey.OP_READ, await(ready));
    pipe.sink().close();
    pipe.source().close();
  }

  @Test
  void failingHandlerIsNotCalledAgain() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    AtomicInteger calls = new AtomicInteger();
    onLoop(
        () ->
            loop.register(
                pipe.source(),
                SelectionKey.OP_READ,
                ops -> {
                  calls.incrementAndGet();
                  throw new IllegalStateException("thrown by a test");
                }));

    pipe.sink().write(ByteBuffer.allocate(1));
    CompletableFuture<Integer> later = new CompletableFuture<>();
    Runnable poll =
        new Runnable() {
          private int turnsAfter;

          @Override
          public void run() {
            if (calls.get() > 0 && ++turnsAfter > 10) {
              later.complete(calls.get());
            } else {
              loop.execute(this);
            }
          }
        };
    loop.execute(poll);

    assertEquals(1, await(later));
    pipe.sink().close();
    pipe.source().close();
  }

  @Test
  void closeRunsWhatWasPostedBefore() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    CountDownLatch posted = new CountDownLatch(1);
    loop.execute(() -> awaitQuietly(posted));
    for (int i = 0; i < 1000; i++) {
      loop.execute(() -> loop.execute(ran::incrementAndGet));
    }
    posted.countDown();

    loop.close();

    assertEquals(1000, ran.get());
  }

  @Test
  void closeIsIdempotentAndWhatComesAfterIsDropped() throws Exception {
    Thread thread = onLoop(Thread::currentThread);

    loop.close();
    loop.close();
    loop.execute(() -> fail("the loop has ended"));

    assertFalse(thread.isAlive());
  }

  @Test
  void loopCanCloseItself() throws Exception {
    Thread thread =
        onLoop(
            () -> {
              loop.close();
              return Thread.currentThread();
            });

    thread.join(30_000);
    assertFalse(thread.isAlive());
  }

  private static void drain(Pipe pipe) {
    try {
      pipe.source().read(ByteBuffer.allocate(16));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T onLoop(Callable<T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            result.complete(task.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return await(result);
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }
}
