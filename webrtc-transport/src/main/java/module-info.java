/** WebRTC data channels as a transport. Provides nothing yet. */
module org.webtorrent4j.webrtc {
  requires transitive org.webtorrent4j;
}
