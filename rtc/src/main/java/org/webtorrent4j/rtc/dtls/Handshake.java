package org.webtorrent4j.rtc.dtls;

import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;

/** One side's part in a handshake: which message comes next, and what follows from it. */
interface Handshake {
  /** Sends the first flight, if it is ours to send. */
  void start() throws DtlsException;

  /** Whether messages of this type come from the other side at all, in plaintext. */
  boolean mayCome(int type);

  /** Whether a message of this type comes next. */
  boolean expects(int type);

  /** A message that was expected. */
  void onMessage(HandshakeMessage message) throws DtlsException, GeneralSecurityException;

  /** What a handshake needs of the endpoint that it is part of. */
  interface Host {
    void send(Flight flight);

    /** From here on, epoch 1 can be read and written. */
    void onKeys(KeySchedule keys) throws GeneralSecurityException;

    /** Both sides have proved who they are. */
    void onDone();

    /** Computes something elsewhere; no message comes in until its result is taken. */
    <T> void compute(Callable<T> work, Step<T> then);
  }

  /** Goes on with what was computed. */
  interface Step<T> {
    void take(T result) throws DtlsException, GeneralSecurityException;
  }
}
