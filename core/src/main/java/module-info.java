/**
 * The webtorrent4j engine and its public API.
 *
 * <p>Transports are found with {@link java.util.ServiceLoader}; an application adds the modules of
 * those it wants.
 */
@SuppressWarnings("module") // the qualified exports name modules that are built after this one
module org.webtorrent4j {
  requires transitive org.jspecify;
  requires org.slf4j;

  exports org.webtorrent4j;
  exports org.webtorrent4j.loop;
  exports org.webtorrent4j.metainfo;
  exports org.webtorrent4j.storage;
  exports org.webtorrent4j.tracker;
  exports org.webtorrent4j.transport;
  exports org.webtorrent4j.bencode to
      org.webtorrent4j.tracker.server;
  exports org.webtorrent4j.net to
      org.webtorrent4j.examples,
      org.webtorrent4j.tcp,
      org.webtorrent4j.tracker.server,
      org.webtorrent4j.webrtc;
  exports org.webtorrent4j.tracker.net to
      org.webtorrent4j.webrtc;

  uses org.webtorrent4j.transport.Transport;
}
