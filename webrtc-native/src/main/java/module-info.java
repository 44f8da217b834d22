/** WebRTC data channels by libwebrtc, which is native code; loaded when it is first needed. */
module org.webtorrent4j.webrtc.libwebrtc {
  requires org.jspecify;
  requires org.slf4j;
  requires org.webtorrent4j.webrtc;
  requires webrtc.java;

  provides org.webtorrent4j.webrtc.rtc.RtcProvider with
      org.webtorrent4j.webrtc.libwebrtc.LibWebRtc;
}
