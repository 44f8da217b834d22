package org.webtorrent4j.loop;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tasks on their way to the loop: any thread pushes, the loop takes all at once. A lock-free stack
 * that is turned around when it is taken, so what is taken is a snapshot, in the order of the
 * pushes.
 */
final class TaskStack {
  /** The head of a stack that takes no more. */
  private static final Node CLOSED = new Node(() -> {});

  private final AtomicReference<@Nullable Node> head = new AtomicReference<>();

  /** Adds a task; whether it was taken, which it is until the stack is closed. Any thread. */
  boolean push(Runnable task) {
    Node node = new Node(task);
    Node top;
    do {
      top = head.get();
      if (top == CLOSED) {
        return false;
      }
      node.next = top;
    } while (!head.compareAndSet(top, node));
    return true;
  }

  /** Whether nothing waits; any thread. */
  boolean isEmpty() {
    return head.get() == null;
  }

  /** Takes all tasks; gives the first of a list. */
  @Nullable Node takeAll() {
    return head.get() == null ? null : inOrder(head.getAndSet(null));
  }

  /** Takes all tasks and refuses more. */
  @Nullable Node close() {
    Node last = head.getAndSet(CLOSED);
    return last == CLOSED ? null : inOrder(last);
  }

  private static @Nullable Node inOrder(@Nullable Node last) {
    Node first = null;
    while (last != null) {
      Node earlier = last.next;
      last.next = first;
      first = last;
      last = earlier;
    }
    return first;
  }

  /** A task and the one after it. */
  static final class Node {
    final Runnable task;
    @Nullable Node next;

    Node(Runnable task) {
      this.task = task;
    }
  }
}
