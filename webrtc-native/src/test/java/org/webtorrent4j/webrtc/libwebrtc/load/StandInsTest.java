package org.webtorrent4j.webrtc.libwebrtc.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.webtorrent4j.webrtc.libwebrtc.ChildJvm;
import org.webtorrent4j.webrtc.libwebrtc.ConnectingProgram;

/** libwebrtc without the libraries of a desktop, in a process where they were not loaded before. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(120)
class StandInsTest {
  /** Takes all desktop libraries for absent, and tells its memory map when it has connected. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws IOException {
      ChildJvm.say(NativeLibrary.load(soname -> true).orElse("loaded"));
      ConnectingProgram.connectAndClose();
      ChildJvm.say(Files.readString(Path.of("/proc/self/maps")));
    }
  }

  /** Says why the library is unavailable. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) {
      ChildJvm.say(NativeLibrary.unavailable().orElse("loaded"));
      ChildJvm.say(NativeLibrary.unavailable().orElse("loaded"));
    }
  }

  @Test
  void peersConnectOnStandInsAlone() {
    ConnectingProgram.assumeNetwork();
    try (ChildJvm child = ChildJvm.start(List.of(), Program.class)) {
      assertEquals("loaded", child.listen());

      String map = child.listen();

      for (String soname : StandIns.debianPackages().keySet()) {
        assertFalse(map.contains("/" + soname.replaceAll("\\.so.*", ".so")), map);
      }
      assertTrue(map.contains("wt-stand-in-"), map);
      assertEquals(0, child.exitCode());
    }
  }

  @Test
  void folderThatIsNotThereIsSaid() {
    try (ChildJvm child = ChildJvm.start(List.of("-Djava.io.tmpdir=/not/there"), Probe.class)) {
      String reason = child.listen();

      assertTrue(reason.contains("cannot be unpacked to /not/there"), reason);
      assertEquals(reason, child.listen());
      assertEquals(0, child.exitCode());
    }
  }

  @Test
  void missingNativePartIsSaid() {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("linux-x86_64"))
            .collect(Collectors.joining(File.pathSeparator));
    try (ChildJvm child = ChildJvm.start(List.of("-cp", classPath), Probe.class)) {
      String reason = child.listen();

      assertTrue(reason.contains("classifier linux-x86_64"), reason);
      assertEquals(reason, child.listen());
      assertEquals(0, child.exitCode());
    }
  }
}
