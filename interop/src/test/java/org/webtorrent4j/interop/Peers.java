package org.webtorrent4j.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.webtorrent4j.webrtc.WebRtcSupport;

/** The programs that {@code interop/peers/install.sh} installs. */
final class Peers {
  private Peers() {}

  /** The folder with the peers' scripts and their packages. */
  static Path folder() {
    String set = System.getenv("WEBTORRENT4J_PEERS");
    return set != null
        ? Path.of(set)
        : Path.of(System.getProperty("java.io.tmpdir"), "webtorrent4j-peers");
  }

  /** libtorrent's Python binding as {@code libtorrent-peer.py} drives it. */
  static PeerProcess libtorrent(Path folder, String... args) {
    need(
        "libtorrent",
        succeeds("/usr/bin/python3", "-c", "import libtorrent")
            && Files.exists(folder().resolve("libtorrent-peer.py")));
    return run(folder, "/usr/bin/python3", folder().resolve("libtorrent-peer.py").toString(), args);
  }

  /** webtorrent for Node as {@code webtorrent.mjs} drives it. */
  static PeerProcess webtorrent(Path folder, String... args) {
    need(
        "webtorrent for Node",
        Files.exists(folder().resolve("node_modules/webtorrent")) && succeeds("node", "--version"));
    return run(folder, "node", folder().resolve("webtorrent.mjs").toString(), args);
  }

  static PeerProcess aria2(Path folder, String... args) {
    need("aria2", succeeds("aria2c", "--version"));
    return run(folder, "aria2c", "--no-conf=true", args);
  }

  static PeerProcess transmission(Path folder, String... args) {
    need("transmission-cli", succeeds("transmission-cli", "--version"));
    return run(folder, "transmission-cli", "--no-portmap", args);
  }

  /** Headless Chromium as {@code browser.mjs} drives it. */
  static PeerProcess browser(Path folder, String... args) {
    need(
        "Chromium",
        succeeds("chromium", "--version")
            && Files.exists(folder().resolve("node_modules/playwright-core")));
    return run(folder, "node", folder().resolve("browser.mjs").toString(), args);
  }

  /** Our page in headless Chromium as {@code share-page.mjs} drives it. */
  static PeerProcess sharePage(Path folder, String... args) {
    need(
        "Chromium",
        succeeds("chromium", "--version")
            && Files.exists(folder().resolve("node_modules/playwright-core")));
    return run(folder, "node", folder().resolve("share-page.mjs").toString(), args);
  }

  /** {@code webtorrent share}, with the browser's script from the packages of the peers. */
  static PeerProcess share(Path folder, Path content) {
    Path scripts = folder().resolve("web");
    need("webtorrent.js for the page", Files.exists(scripts));
    return jvm(
        folder,
        List.of("-Dwebtorrent.web=" + scripts),
        "org.webtorrent4j.examples.Main",
        "share",
        content.toString());
  }

  /** The reference tracker as {@code tracker.mjs} drives it. */
  static PeerProcess tracker(Path folder, int port) {
    need(
        "bittorrent-tracker for Node",
        Files.exists(folder().resolve("node_modules/bittorrent-tracker"))
            && succeeds("node", "--version"));
    return run(folder, "node", folder().resolve("tracker.mjs").toString(), Integer.toString(port));
  }

  /** A class of these tests in a JVM of its own. */
  static PeerProcess jvm(Class<?> main, String... args) {
    return jvm(folder(), List.of(), main.getName(), args);
  }

  private static PeerProcess jvm(Path folder, List<String> options, String main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main);
    command.addAll(Arrays.asList(args));
    return PeerProcess.start(folder, command);
  }

  /** WebRTC never uses the loopback interface. */
  static void needNetwork() {
    boolean isThere = WebRtcSupport.hasNetwork();
    String hint = "WebRTC needs a network interface besides loopback; see interop/netns";
    if (!isThere) {
      System.err.println("SKIPPED: " + hint);
    }
    require(hint, isThere);
  }

  private static PeerProcess run(Path folder, String program, String first, String... args) {
    List<String> command = new ArrayList<>(List.of(program, first));
    command.addAll(Arrays.asList(args));
    return PeerProcess.start(folder, command);
  }

  /** Skips the test where a program is missing, or fails it where all are required. */
  private static void need(String program, boolean isThere) {
    require(program + " is not installed; run interop/peers/install.sh", isThere);
  }

  private static void require(String hint, boolean isThere) {
    if (Boolean.getBoolean("interop.required")) {
      assertTrue(isThere, hint);
    }
    assumeTrue(isThere, hint);
  }

  private static boolean succeeds(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
