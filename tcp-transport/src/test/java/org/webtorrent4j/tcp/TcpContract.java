package org.webtorrent4j.tcp;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.Encryption;
import org.webtorrent4j.transport.TransportContract;

/** The contract of every transport, for TCP under the encryption policies of both ends. */
abstract class TcpContract extends TransportContract {
  private final TestHost dialer;
  private final TestHost acceptor;
  private final boolean isEncrypted;

  TcpContract(Encryption dialing, Encryption accepting, boolean isEncrypted) throws Exception {
    this.dialer = TestHost.start(dialing);
    this.acceptor = TestHost.start(accepting);
    this.isEncrypted = isEncrypted;
  }

  @Override
  protected Pair connect() throws Exception {
    Connection dialed = dialer.dial(acceptor.address()).get(30, TimeUnit.SECONDS);
    return new Pair(dialer.loop(), dialed, acceptor.loop(), acceptor.accept());
  }

  @Override
  protected boolean isEncrypted() {
    return isEncrypted;
  }

  @AfterEach
  void closeHosts() {
    dialer.close();
    acceptor.close();
  }
}
