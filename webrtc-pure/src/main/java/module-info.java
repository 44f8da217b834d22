/** WebRTC data channels in Java alone, over one UDP port. Experimental: used where it is named. */
module org.webtorrent4j.webrtc.pure {
  requires org.jspecify;
  requires org.slf4j;
  requires org.webtorrent4j.rtc;
  requires org.webtorrent4j.webrtc;

  provides org.webtorrent4j.webrtc.rtc.RtcProvider with
      org.webtorrent4j.webrtc.pure.PureRtc;
}
