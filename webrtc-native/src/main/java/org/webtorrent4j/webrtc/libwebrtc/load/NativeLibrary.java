package org.webtorrent4j.webrtc.libwebrtc.load;

import dev.onvoid.webrtc.PeerConnectionFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads libwebrtc, once a process, and remembers how that went: after a failure the classes of
 * webrtc-java are of no more use. Any thread but the event loop.
 */
public final class NativeLibrary {
  private static final Logger logger = LoggerFactory.getLogger(NativeLibrary.class);

  private static boolean isTried;
  private static @Nullable String failure;

  private NativeLibrary() {}

  /**
   * Loads it with the first call, which takes a fifth of a second.
   *
   * @return why that failed and what to do about it; empty if it is loaded
   */
  public static Optional<String> unavailable() {
    return load(soname -> StandIns.isAbsent(machine(), soname));
  }

  /** {@link #unavailable} with another opinion of which desktop libraries are absent. */
  static synchronized Optional<String> load(Predicate<String> isAbsent) {
    if (!isTried) {
      isTried = true;
      failure = tryToLoad(isAbsent);
    }
    return Optional.ofNullable(failure);
  }

  private static @Nullable String tryToLoad(Predicate<String> isAbsent) {
    String os = os();
    String arch = arch();
    if (os.isEmpty() || arch.isEmpty()) {
      return "libwebrtc has no build for this system ("
          + System.getProperty("os.name")
          + " on "
          + System.getProperty("os.arch")
          + ")";
    }
    String file = System.mapLibraryName("webrtc-java-" + os + "-" + arch);
    ClassLoader loader = PeerConnectionFactory.class.getClassLoader();
    if (loader == null || loader.getResource(file) == null) {
      return missing(file, os, arch);
    }
    try {
      if (os.equals("linux") && !arch.equals("aarch32")) {
        StandIns.load(machine(), isAbsent);
      }
      // Its initializer loads the library; naming the class alone would not run it.
      Class.forName(PeerConnectionFactory.class.getName(), true, loader);
      return null;
    } catch (Throwable e) {
      logger.debug("libwebrtc cannot be loaded", e);
      return new LoadFailure(e).text();
    }
  }

  private static String missing(String file, String os, String arch) {
    String remedy =
        "add the artifact dev.onvoid.webrtc:webrtc-java:0.14.0 with the classifier %s-%s"
            .formatted(os, arch);
    if (PeerConnectionFactory.class.getModule().isNamed()) {
      // Nobody requires it, so being on the module path is not enough.
      remedy += " and start with --add-modules webrtc.%s.%s".formatted(os, arch);
    }
    return "the native part of webrtc-java is missing (" + file + "): " + remedy;
  }

  private static ElfFile.Machine machine() {
    return arch().equals("aarch64") ? ElfFile.Machine.AARCH64 : ElfFile.Machine.X86_64;
  }

  private static String os() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return "linux";
    }
    return name.startsWith("mac") ? "macos" : name.startsWith("windows") ? "windows" : "";
  }

  /** The names of webrtc-java for processors. */
  private static String arch() {
    return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64", "x86-64" -> "x86_64";
      case "aarch64", "arm64" -> "aarch64";
      case "arm", "aarch32" -> os().equals("linux") ? "aarch32" : "";
      default -> "";
    };
  }
}
