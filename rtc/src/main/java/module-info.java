/**
 * WebRTC data channels without native code: the protocols as parts with bytes and time in, bytes
 * and events out.
 */
module org.webtorrent4j.rtc {
  requires transitive org.jspecify;

  exports org.webtorrent4j.rtc.dcep;
  exports org.webtorrent4j.rtc.dtls;
  exports org.webtorrent4j.rtc.ice;
  exports org.webtorrent4j.rtc.sctp;
  exports org.webtorrent4j.rtc.sctp.packet;
  exports org.webtorrent4j.rtc.stun;
}
