package org.webtorrent4j.webrtc.libwebrtc.load;

import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in a sentence why the native library could not be loaded and what a user can do about it.
 *
 * @param thrown what loading it threw
 */
record LoadFailure(Throwable thrown) {
  private static final Pattern MISSING =
      Pattern.compile("([\\w.+-]+\\.so[.\\d]*): cannot open shared object file");

  String text() {
    Throwable cause = thrown;
    while (cause.getCause() != null && !(cause instanceof FileSystemException)) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    Matcher missing = MISSING.matcher(message);
    if (missing.find()) {
      return "libwebrtc needs " + missing.group(1) + ", which is missing: " + remedy(missing);
    }
    if (message.contains("Operation not permitted") || message.contains("map segment")) {
      return "libwebrtc cannot be loaded from "
          + temporary()
          + ", which forbids programs (noexec): choose another folder with -Djava.io.tmpdir=...";
    }
    if (cause instanceof FileSystemException) {
      return "libwebrtc cannot be unpacked to " + temporary() + ": " + cause;
    }
    if (message.contains("GLIBC") || message.contains("ld-linux") || message.contains("musl")) {
      return "libwebrtc needs the GNU C library, 2.18 or later: " + message;
    }
    return "libwebrtc cannot be loaded: " + cause;
  }

  private static String remedy(Matcher missing) {
    Map<String, String> packages = StandIns.debianPackages();
    if (!packages.containsKey(missing.group(1))) {
      return "install the package that brings it";
    }
    return "on Debian and Ubuntu, apt-get install --no-install-recommends "
        + String.join(" ", new TreeMap<>(packages).values());
  }

  private static String temporary() {
    return System.getProperty("java.io.tmpdir", "the folder for temporary files");
  }
}
