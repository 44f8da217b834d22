/** The engine with all its transports: the one module that an application needs. */
module org.webtorrent4j.all {
  requires transitive org.webtorrent4j;
  requires transitive org.webtorrent4j.tcp;
  requires transitive org.webtorrent4j.webrtc;
}
