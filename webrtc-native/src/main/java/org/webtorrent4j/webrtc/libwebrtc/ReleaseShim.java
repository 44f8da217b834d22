package org.webtorrent4j.webrtc.libwebrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the memory of a closed peer connection, which webrtc-java 0.14 forgets: 63 kB each.
 *
 * <p>Every native object of webrtc-java keeps its address in a field, and any reference-counted one
 * of them can release whatever that field points to. So the address is read before the close, and
 * put into an object of our own afterwards. On the module path this needs {@link #OPTIONS};
 * without, the memory stays with the factory until that ends. Confined to the thread that owns the
 * connection.
 */
final class ReleaseShim {
  private static final Logger logger = LoggerFactory.getLogger(ReleaseShim.class);

  /** What a program on the module path has to be started with. */
  static final String OPTIONS =
      "--add-opens webrtc.java/dev.onvoid.webrtc.internal=org.webtorrent4j.webrtc.libwebrtc"
          + " --add-opens"
          + " webrtc.java/dev.onvoid.webrtc.media.video=org.webtorrent4j.webrtc.libwebrtc";

  /** Once is enough for a process. */
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final Field handle;
  private final Constructor<NativeI420Buffer> constructor;
  private final Method release;

  private ReleaseShim(Field handle, Constructor<NativeI420Buffer> constructor, Method release) {
    this.handle = handle;
    this.constructor = constructor;
    this.release = release;
  }

  /** For this version of webrtc-java; empty if it needs none, or does not let us. */
  static Optional<ReleaseShim> create() {
    // Later versions release by themselves, and twice would be once too often. 0.15 brought the
    // first of these methods and removed the second.
    if (hasMethod(RTCDataChannel.class, "sendAsync")
        || !hasMethod(RTCPeerConnection.class, "removeIceCandidates")) {
      return Optional.empty();
    }
    try {
      Class<?> counted = NativeI420Buffer.class.getSuperclass();
      Field handle = counted.getSuperclass().getDeclaredField("nativeHandle");
      handle.setAccessible(true);
      Method release = counted.getMethod("release");
      release.setAccessible(true);
      Constructor<NativeI420Buffer> constructor =
          NativeI420Buffer.class.getDeclaredConstructor(
              int.class,
              int.class,
              ByteBuffer.class,
              int.class,
              ByteBuffer.class,
              int.class,
              ByteBuffer.class,
              int.class);
      constructor.setAccessible(true);
      return Optional.of(new ReleaseShim(handle, constructor, release));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      logger.debug("closed connections stay in memory", e);
      if (WARNED.compareAndSet(false, true)) {
        logger.warn("libwebrtc loses memory with every connection; start Java with {}", OPTIONS);
      }
      return Optional.empty();
    }
  }

  private static boolean hasMethod(Class<?> type, String name) {
    return Arrays.stream(type.getMethods()).anyMatch(method -> method.getName().equals(name));
  }

  /** The address of an open connection. */
  long handleOf(RTCPeerConnection connection) throws ReflectiveOperationException {
    return handle.getLong(connection);
  }

  /** Releases the connection that was there and is closed; once. */
  void release(long address) throws ReflectiveOperationException {
    if (address != 0) {
      Object holder = constructor.newInstance(0, 0, null, 0, null, 0, null, 0);
      handle.setLong(holder, address);
      release.invoke(holder);
    }
  }
}
