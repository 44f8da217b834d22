package org.webtorrent4j.webrtc.libwebrtc.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class LoadFailureTest {
  @Test
  void missingLibraryIsNamedWithItsPackages() {
    String text =
        text(
            new ExceptionInInitializerError(
                new RuntimeException(
                    new UnsatisfiedLinkError(
                        "/tmp/x.so: libpulse.so.0: cannot open shared object file: No such"
                            + " file or directory"))));

    assertEquals(
        "libwebrtc needs libpulse.so.0, which is missing: on Debian and Ubuntu, apt-get install"
            + " --no-install-recommends libx11-6 libxcomposite1 libxfixes3 libxrandr2"
            + " libdbus-1-3 libpulse0 libudev1",
        text);
  }

  @Test
  void otherLibraryIsNamedToo() {
    String text =
        text(new UnsatisfiedLinkError("/tmp/x.so: libfoo-2.so.1: cannot open shared object file"));

    assertTrue(text.contains("needs libfoo-2.so.1, which is missing"), text);
  }

  @Test
  void folderThatForbidsProgramsIsNamed() {
    String text =
        text(
            new UnsatisfiedLinkError(
                "/tmp/x.so: failed to map segment from shared object: Operation not permitted"));

    assertTrue(text.contains("noexec"), text);
    assertTrue(text.contains("-Djava.io.tmpdir"), text);
  }

  @Test
  void folderThatCannotBeWrittenToIsNamed() {
    String text = text(new RuntimeException(new AccessDeniedException("/tmp/x.so")));

    assertTrue(text.contains("cannot be unpacked to"), text);
  }

  @Test
  void otherFailuresSpeakForThemselves() {
    assertTrue(text(new IllegalStateException("so it is")).contains("so it is"));
  }

  private static String text(Throwable thrown) {
    return new LoadFailure(thrown).text();
  }
}
