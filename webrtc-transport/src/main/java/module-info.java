/** WebRTC data channels as a transport, and the WebSocket trackers that introduce their ends. */
module org.webtorrent4j.webrtc {
  requires com.google.gson;
  requires org.jspecify;
  requires org.slf4j;
  requires transitive org.webtorrent4j;

  exports org.webtorrent4j.webrtc;
  exports org.webtorrent4j.webrtc.rtc;
  exports org.webtorrent4j.webrtc.sdp;

  uses org.webtorrent4j.webrtc.rtc.RtcProvider;

  provides org.webtorrent4j.transport.Transport with
      org.webtorrent4j.webrtc.WebRtcTransport;
}
