package org.webtorrent4j.webrtc.libwebrtc.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seven libraries of a Linux desktop that libwebrtc names for sound and screens, and that data
 * channels never call. Where one is absent, an empty one of its name takes its place; without that
 * the linker would refuse libwebrtc. Whoever calls into one ends the process, so nothing of ours
 * goes near sound or screens.
 */
final class StandIns {
  private static final Logger logger = LoggerFactory.getLogger(StandIns.class);

  private static final List<DesktopLibrary> LIBRARIES =
      List.of(
          new DesktopLibrary("libpulse.so.0", "PULSE_0", "libpulse0"),
          new DesktopLibrary("libudev.so.1", "LIBUDEV_183", "libudev1"),
          new DesktopLibrary("libX11.so.6", "", "libx11-6"),
          new DesktopLibrary("libXfixes.so.3", "", "libxfixes3"),
          new DesktopLibrary("libXrandr.so.2", "", "libxrandr2"),
          new DesktopLibrary("libXcomposite.so.1", "", "libxcomposite1"),
          new DesktopLibrary("libdbus-1.so.3", "LIBDBUS_1_3", "libdbus-1-3"));

  private StandIns() {}

  /**
   * A library that libwebrtc needs.
   *
   * @param soname the name by which the linker looks for it
   * @param version the version of its symbols; empty if they have none
   * @param debianPackage what installs it on Debian and Ubuntu
   */
  private record DesktopLibrary(String soname, String version, String debianPackage) {}

  /** The sonames and the Debian packages that bring them. */
  static Map<String, String> debianPackages() {
    Map<String, String> packages = new LinkedHashMap<>();
    LIBRARIES.forEach(library -> packages.put(library.soname(), library.debianPackage()));
    return packages;
  }

  /**
   * Loads a stand-in for every library that is absent.
   *
   * @param absent tells which are, by their names
   * @return the names of those that were replaced
   * @throws IOException if the folder for temporary files cannot be written to
   */
  static List<String> load(ElfFile.Machine machine, Predicate<String> absent) throws IOException {
    List<String> replaced = new ArrayList<>();
    for (DesktopLibrary library : LIBRARIES) {
      if (absent.test(library.soname())) {
        link(ElfFile.standIn(machine, library.soname(), library.version()));
        replaced.add(library.soname());
      }
    }
    if (!replaced.isEmpty()) {
      logger.debug("empty libraries stand in for {}", replaced);
    }
    return replaced;
  }

  /** Whether the linker does not find a library, or not all that it needs in turn. */
  static boolean isAbsent(ElfFile.Machine machine, String soname) {
    try {
      link(ElfFile.needing(machine, soname));
      return false;
    } catch (UnsatisfiedLinkError e) {
      logger.trace("the linker does without {}", soname, e);
      return true;
    } catch (IOException e) {
      logger.debug("nothing can be written for the linker to try", e);
      return false;
    }
  }

  private static void link(byte[] library) throws IOException {
    Path file = Files.createTempFile("wt-stand-in-", ".so");
    try {
      Files.write(file, library);
      System.load(file.toAbsolutePath().toString());
    } finally {
      Files.delete(file);
    }
  }
}
