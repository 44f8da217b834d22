package org.webtorrent4j.tcp;

/** TCP connections to peers. */
public final class TcpTransport {
  /** Made by {@link java.util.ServiceLoader}. */
  public TcpTransport() {}
}
