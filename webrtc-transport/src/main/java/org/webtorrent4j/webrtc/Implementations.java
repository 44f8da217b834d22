package org.webtorrent4j.webrtc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.webrtc.rtc.RtcProvider;

/**
 * The implementations of WebRTC that were found, the best first. They are strangers: whatever one
 * of them throws is a reason not to use that one.
 *
 * @param providers those that could be made
 * @param problems why others could not
 */
record Implementations(List<RtcProvider> providers, List<String> problems) {
  /** What brings one. */
  static final String REMEDY = "add org.webtorrent4j:webtorrent4j-webrtc-native";

  private static final Logger LOG = LoggerFactory.getLogger(Implementations.class);

  /** A list of services may name anything; so many lines of it that are wrong are passed over. */
  private static final int MAX_PROBLEMS = 10;

  /** Those that are installed beside this library. */
  static Implementations installed() {
    List<Supplier<RtcProvider>> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    ClassLoader loader = WebRtcTransport.class.getClassLoader();
    Iterator<ServiceLoader.Provider<RtcProvider>> all =
        ServiceLoader.load(RtcProvider.class, loader).stream().iterator();
    while (problems.size() < MAX_PROBLEMS) {
      try {
        if (!all.hasNext()) {
          break;
        }
        found.add(all.next());
      } catch (ServiceConfigurationError e) {
        problems.add(e.getMessage());
      }
    }
    return of(found, problems);
  }

  /** Those that can be made. */
  static Implementations of(List<? extends Supplier<RtcProvider>> makers, List<String> problems) {
    List<RtcProvider> providers = new ArrayList<>();
    List<String> all = new ArrayList<>(problems);
    for (Supplier<RtcProvider> maker : makers) {
      try {
        RtcProvider provider = maker.get();
        LOG.trace("WebRTC by {}, priority {}", provider.name(), provider.priority());
        providers.add(provider);
      } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
        all.add(e.toString());
      }
    }
    providers.sort(Comparator.comparingInt(RtcProvider::priority).reversed());
    all.forEach(problem -> LOG.debug("an implementation of WebRTC cannot be used: {}", problem));
    return new Implementations(List.copyOf(providers), List.copyOf(all));
  }

  /** Why an implementation does not work here; empty if it does. */
  static Optional<String> problem(RtcProvider provider) {
    try {
      return Objects.requireNonNull(provider.unavailable());
    } catch (RuntimeException | LinkageError e) {
      return Optional.of("it failed to load: " + e);
    }
  }
}
