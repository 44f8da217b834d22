/** WebRTC data channels without native code. */
module org.webtorrent4j.rtc {
  requires org.jspecify;
}
