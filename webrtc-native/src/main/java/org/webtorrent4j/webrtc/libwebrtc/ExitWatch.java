package org.webtorrent4j.webrtc.libwebrtc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices that a program is over but for libwebrtc. Every factory has a native thread that calls
 * back into Java and is no daemon; so it keeps the process alive after {@code main} has returned in
 * a program that forgets to close its client. The virtual machine then waits in a thread of its
 * own, and if besides that only such threads are left, the program would have ended without them.
 * Any thread.
 */
final class ExitWatch {
  /** Of all engines of this process: the threads are the process's affair too. */
  private static final Set<Thread> callbackThreads = ConcurrentHashMap.newKeySet();

  private ExitWatch() {}

  /** A thread of libwebrtc, as seen from inside a callback. */
  static void add(Thread thread) {
    callbackThreads.add(thread);
  }

  /** The factory of this thread is gone. */
  static void remove(Thread thread) {
    callbackThreads.remove(thread);
  }

  /** Whether the virtual machine waits for libwebrtc and for nothing else. */
  static boolean isProgramOver() {
    boolean isWaiting = false;
    for (Thread thread : threads()) {
      if (thread != null && thread.isAlive() && !thread.isDaemon()) {
        if (thread.getName().equals("DestroyJavaVM")) {
          isWaiting = true;
        } else if (!callbackThreads.contains(thread)) {
          return false;
        }
      }
    }
    return isWaiting;
  }

  private static Thread[] threads() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 16];
    int count = root.enumerate(threads);
    while (count == threads.length) {
      threads = new Thread[threads.length * 2];
      count = root.enumerate(threads);
    }
    return threads;
  }
}
