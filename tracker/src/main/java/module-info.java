/** An embeddable BitTorrent tracker. */
module org.webtorrent4j.tracker.server {
  requires com.google.gson;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.websocket.core.server;
  requires org.jspecify;
  requires org.slf4j;
  requires org.webtorrent4j;

  exports org.webtorrent4j.tracker.server;
}
