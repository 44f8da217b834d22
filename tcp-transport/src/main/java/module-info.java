/** TCP wires, in plaintext or with message stream encryption. */
module org.webtorrent4j.tcp {
  requires org.jspecify;
  requires org.slf4j;
  requires transitive org.webtorrent4j;

  exports org.webtorrent4j.tcp;

  provides org.webtorrent4j.transport.Transport with
      org.webtorrent4j.tcp.TcpTransport;
}
