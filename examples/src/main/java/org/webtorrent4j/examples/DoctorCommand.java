package org.webtorrent4j.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.examples.option.CommonOptions;
import org.webtorrent4j.examples.terminal.JsonLine;
import org.webtorrent4j.examples.terminal.Text;
import org.webtorrent4j.transport.Transport;
import org.webtorrent4j.webrtc.WebRtcSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code webtorrent doctor}: what works on this machine, and what to do about what does not. */
@Command(
    name = "doctor",
    description =
        "Tells what works on this machine: transfers a file over each transport, from one client"
            + " to another.",
    footer = {"", "The exit code is 0 if everything works and 1 if something does not."})
final class DoctorCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String FILE = "file.bin";
  private static final int LENGTH = 1 << 20;

  @Mixin private CommonOptions common = new CommonOptions();

  private final PrintStream out = System.out;
  private boolean isWell = true;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("webtorrent-doctor-");
    try {
      tell("Java", javaVersion());
      tell("Network", addresses());
      Files.write(folder.resolve(FILE), new byte[LENGTH]);
      attempt("TCP", Optional.empty(), folder, SelfTest.tcp(), SelfTest.tcp());
      for (WebRtcSupport.Provider provider : WebRtcSupport.providers()) {
        tell("WebRTC by " + provider.name(), provider.problem().orElse("its library loads"));
      }
      attempt("WebRTC", SelfTest.webRtcProblem(), folder, SelfTest.webRtc(), SelfTest.webRtc());
    } finally {
      DemoFolder.delete(folder);
    }
    return isWell ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void attempt(
      String name, Optional<String> problem, Path folder, Transport from, Transport to)
      throws InterruptedException {
    if (problem.isPresent()) {
      fail(name, problem.get());
      return;
    }
    long begin = System.nanoTime();
    try {
      SelfTest.transfer(folder, FILE, from, to, TIMEOUT);
      Duration time = Duration.ofNanos(System.nanoTime() - begin);
      tell(name, "works: a file went from one client to another in " + Text.seconds(time));
    } catch (TimeoutException e) {
      fail(name, "two clients did not reach each other in " + Text.seconds(TIMEOUT));
    } catch (TorrentException | IOException e) {
      fail(name, Main.reason(e));
    }
  }

  private void fail(String name, String problem) {
    isWell = false;
    tell(name, "does not work: " + problem);
  }

  private void tell(String name, String text) {
    if (common.isJson()) {
      JsonLine.event("check").put("name", name).put("text", text).printTo(out);
    } else {
      out.printf("%-20s %s%n", name, text);
    }
  }

  private static String javaVersion() {
    return "%s (%s), %s on %s, %d processors, heap up to %s"
        .formatted(
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            Text.bytes(Runtime.getRuntime().maxMemory()));
  }

  private static String addresses() throws IOException {
    String addresses =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
            .collect(Collectors.joining(", "));
    return addresses.isEmpty() ? "loopback only" : addresses;
  }
}
