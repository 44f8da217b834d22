package org.webtorrent4j.rtc.ice;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.rtc.stun.StunAuth;
import org.webtorrent4j.rtc.stun.StunMessage;
import org.webtorrent4j.rtc.stun.StunWriter;

/**
 * Finds a way to one peer, keeps it open, and notices when it ends; RFC 8445, in both roles. Data
 * may be sent as soon as an address has answered us, and only to such: who names the address of
 * somebody else cannot aim our data there. Confined to one thread.
 */
public final class IceAgent {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  private static final int MAX_PAIRS = 20;
  private static final int MAX_REFLEXIVE = 8;
  private static final int MAX_ROLE_SWITCHES = 3;
  private static final long PACE = 20 * MILLI;
  private static final long MIN_CHECK_TIMEOUT = 100 * MILLI;

  /** Between checks of one address that the peer makes us send. */
  private static final long PAUSE = 50 * MILLI;

  /** After the last address of the peer became known. */
  private static final long MAX_CHECKING = 20 * SECOND;

  /** A peer that controls and never chooses gets what works. */
  private static final long MAX_UNDECIDED = 5 * SECOND;

  /** What works is given up for another way that was chosen when it was silent for so long. */
  private static final long SILENT_PATH = 4 * SECOND;

  private static final long MIN_BETWEEN_MOVES = SECOND;
  private static final long LIST_LIFE = 10 * SECOND;

  /** What our own addresses are worth; IPv6 before IPv4, RFC 8421. */
  private static final int LOCAL_PREFERENCE_V6 = 65_535;

  private static final int LOCAL_PREFERENCE_V4 = 65_534;

  private final int prefix;
  private final IceCredentials local;
  private final SecretKeySpec localKey;
  private final IceContext context;
  private final Predicate<InetSocketAddress> isUsable;
  private final Output out;
  private final Map<InetSocketAddress, CandidatePair> pairs = new LinkedHashMap<>();
  private final EarlyChecks early = new EarlyChecks();
  private final AnswerLimit answers = new AnswerLimit();

  private boolean isControlling;
  private long tieBreaker;
  private int roleSwitches;
  private @Nullable RemoteIce remote;
  private @Nullable SecretKeySpec remoteKey;
  private int reflexive;
  private long lastAdded;
  private long nextCheck = Long.MIN_VALUE;
  private long checkTimeout = Check.FIRST_TIMEOUT;
  private long validSince;
  private boolean isValid;
  private @Nullable CandidatePair nominating;
  private @Nullable CandidatePair selected;
  private long selectedAt;
  private boolean isListDropped;
  private @Nullable Consent consent;
  private @Nullable InetSocketAddress newest;
  private boolean isClosed;

  /** Where things go; called from inside of the agent's methods, must not call back into it. */
  public interface Output {
    /** A message for an address; the bytes are on loan. */
    void send(byte[] data, int length, InetSocketAddress to);

    /** Somebody at this address knows our password. Data may come from there. */
    void onPath(InetSocketAddress from);

    /** The first address has answered: data may be sent. */
    void onValid(InetSocketAddress to);

    /** Both ends use this one from now on. */
    void onSelected(InetSocketAddress to, boolean isMoved);

    /** The end, once, but for {@link IceAgent#close}. */
    void onFailed(IceFailure why);
  }

  /**
   * An agent that answers checks from now on.
   *
   * @param isOfferer who makes the offer controls
   * @param prefix the first bytes of its transaction ids, by which its answers are told from
   *     others'
   * @param isUsable whether an address may be sent anything at all
   */
  public IceAgent(
      boolean isOfferer,
      IceCredentials local,
      int prefix,
      IceContext context,
      Predicate<InetSocketAddress> isUsable,
      Output out) {
    this.isControlling = isOfferer;
    this.local = local;
    this.localKey = StunAuth.key(local.password());
    this.prefix = prefix;
    this.context = context;
    this.isUsable = isUsable;
    this.out = out;
    this.tieBreaker = newTieBreaker();
  }

  /** Learns who the peer is, once, and begins to look for a way to it. */
  public void start(RemoteIce peer, long now) {
    if (remote != null) {
      throw new IllegalStateException("the peer is known already");
    }
    remote = peer;
    remoteKey = StunAuth.key(peer.credentials().password());
    isControlling |= peer.isLite();
    lastAdded = now;
    for (EarlyChecks.Entry entry : early.take(peer.credentials().ufrag())) {
      CandidatePair pair = addReflexive(entry.from(), entry.priority(), now);
      if (pair != null) {
        pair.isTriggered = true;
      }
    }
    peer.candidates().stream()
        .filter(candidate -> isUsable.test(candidate.address()))
        .sorted(Comparator.comparingLong(IceCandidate::priority).reversed())
        .forEach(this::addSignalled);
  }

  /** A message that {@link StunMessage#parse} has taken, for this agent. */
  public void receive(StunMessage message, InetSocketAddress from, long now) {
    if (isClosed) {
      return;
    }
    switch (message.kind()) {
      case REQUEST -> onRequest(message, from, now);
      case SUCCESS -> onAnswer(message, from, now, false);
      case ERROR -> onAnswer(message, from, now, true);
    }
  }

  /** Whether data from there is the peer's. */
  public boolean mayReceive(InetSocketAddress from) {
    CandidatePair pair = pairs.get(from);
    return pair != null && pair.hasSucceeded();
  }

  /** Whether somebody there knew our password before the answer was known. */
  public boolean isEarly(InetSocketAddress from) {
    return early.isFrom(from) || (pairs.containsKey(from) && !mayReceive(from));
  }

  /** Where data goes now; null if nowhere yet. */
  public @Nullable InetSocketAddress path() {
    CandidatePair chosen = selected;
    return chosen != null ? chosen.remote : newest;
  }

  /** Something came that only the peer can have sent. */
  public void onHeard(long now) {
    Consent running = consent;
    if (running != null) {
      running.onHeard(now);
    }
  }

  public boolean isControlling() {
    return isControlling;
  }

  /** Whatever is due at this time. */
  public void onTime(long now) {
    if (isClosed || remote == null) {
      return;
    }
    if (selected == null && now >= decideBy()) {
      CandidatePair best = best(pairs.values(), CandidatePair::hasSucceeded);
      if (best == null) {
        fail(IceFailure.UNREACHABLE);
        return;
      }
      select(best, now);
    }
    keepConsent(now);
    if (!isClosed) {
      resend(now);
      startChecks(now);
      dropList(now);
    }
  }

  /** When {@link #onTime} wants to be called; {@link Long#MAX_VALUE} for never. */
  public long nextTime() {
    if (isClosed || remote == null) {
      return Long.MAX_VALUE;
    }
    long next = Long.MAX_VALUE;
    for (CandidatePair pair : pairs.values()) {
      if (pair.state == CandidatePair.State.WAITING && (selected == null || pair.isTriggered)) {
        next = Math.min(next, Math.max(nextCheck, pair.notBefore));
      } else if (pair.check != null && pair.state != CandidatePair.State.FAILED) {
        next = Math.min(next, pair.check.nextSend());
      }
    }
    if (selected == null) {
      next = Math.min(next, decideBy());
    } else if (!isListDropped) {
      next = Math.min(next, selectedAt + LIST_LIFE);
    }
    return consent == null ? next : Math.min(next, consent.nextTime());
  }

  /** When the choice is ours, or has failed, because nobody else has made it. */
  private long decideBy() {
    boolean works = pairs.values().stream().anyMatch(CandidatePair::hasSucceeded);
    return works ? validSince + MAX_UNDECIDED : lastAdded + MAX_CHECKING;
  }

  /** Sends nothing more: ICE has no good-bye. */
  public void close() {
    isClosed = true;
    pairs.clear();
  }

  private void onRequest(StunMessage request, InetSocketAddress from, long now) {
    CandidatePair pair = pairs.get(from);
    if (!answers.mayVerify(pair != null, now)) {
      return;
    }
    if (!request.isAuthentic(localKey, context.auth())) {
      answers.onForged();
      return;
    }
    String theirs = senderOf(request);
    RemoteIce peer = remote;
    if (theirs == null || (peer != null && !theirs.equals(peer.credentials().ufrag()))) {
      return;
    }
    if (!isUsable.test(from) || !answers.mayAnswer(now)) {
      return;
    }
    if (request.hasUnknownAttributes()) {
      StunWriter writer = context.writer().begin(StunMessage.Kind.ERROR, request.transaction());
      writer.error(420).unknownAttributes(request.unknownAttributes());
      send(writer, localKey, from);
      return;
    }
    if (request.priority() <= 0 || (!request.isControlling() && !request.isControlled())) {
      return;
    }
    boolean isRefused = isConflict(request) && !settleConflict(request, peer != null, now);
    if (isRefused) {
      StunWriter writer = context.writer().begin(StunMessage.Kind.ERROR, request.transaction());
      send(writer.error(487), localKey, from);
    } else {
      StunWriter writer = context.writer().begin(StunMessage.Kind.SUCCESS, request.transaction());
      send(writer.mappedAddress(from), localKey, from);
    }
    out.onPath(from);
    if (peer == null) {
      early.note(new EarlyChecks.Entry(from, request.priority(), theirs));
      return;
    }
    onHeard(now);
    if (pair == null) {
      pair = addReflexive(from, request.priority(), now);
    }
    if (pair != null && !isRefused) {
      pair.lastHeard = now;
      trigger(pair, now);
      if (request.usesCandidate() && !isControlling) {
        onNominated(pair, now);
      }
    }
  }

  /** Who asks, if it asks us: a user name is {@code asked:asking}. */
  private @Nullable String senderOf(StunMessage request) {
    String name = request.username();
    String start = local.ufrag() + ":";
    return name != null && name.startsWith(start) ? name.substring(start.length()) : null;
  }

  private boolean isConflict(StunMessage request) {
    return request.isControlling() == isControlling;
  }

  /**
   * Both ends claim one role, RFC 8445 7.3.1.1.
   *
   * @return whether the request may be answered; else the peer has to give way
   */
  private boolean settleConflict(StunMessage request, boolean maySwitch, long now) {
    if (roleSwitches >= MAX_ROLE_SWITCHES) {
      return true; // who goes on quarrelling is answered, so that it can go on
    }
    boolean oursWins = Long.compareUnsigned(tieBreaker, request.tieBreaker()) >= 0;
    if (isControlling == oursWins) {
      return false;
    }
    if (maySwitch) {
      switchRole();
      resumeChecks(now);
    }
    return true;
  }

  private void switchRole() {
    roleSwitches++;
    isControlling = !isControlling;
    nominating = null;
  }

  /** After a change of roles whoever controls now has to choose. */
  private void resumeChecks(long now) {
    CandidatePair best = best(pairs.values(), CandidatePair::hasSucceeded);
    if (isControlling && selected == null && best != null) {
      nominate(best, now);
    }
  }

  /** The peer checks us from there, so we check it, RFC 8445 7.3.1.4. */
  private void trigger(CandidatePair pair, long now) {
    switch (pair.state) {
      case WAITING -> pair.isTriggered = true;
      case FAILED -> {
        if (pair.mayRevive()) {
          pair.state = CandidatePair.State.WAITING;
          pair.isTriggered = true;
          pair.notBefore = now + PACE;
        }
      }
      case IN_PROGRESS -> {
        Check check = pair.check;
        if (check != null && check.mayHurry() && check.sinceLastSend(now) > PAUSE) {
          check.onHurry();
          sendCheck(pair, check, now);
        }
      }
      case SUCCEEDED -> {
        // It works already.
      }
    }
  }

  private void onNominated(CandidatePair pair, long now) {
    pair.isNominated = true;
    if (pair.hasSucceeded()) {
      consider(pair, now);
    }
  }

  private void onAnswer(StunMessage answer, InetSocketAddress from, long now, boolean isError) {
    CandidatePair pair = pairs.get(from);
    SecretKeySpec key = remoteKey;
    if (pair == null || key == null) {
      return;
    }
    Check check = pair.check;
    Consent running = consent;
    boolean isOfCheck = check != null && check.sentAt(answer) != Long.MIN_VALUE;
    boolean isOfConsent =
        !isOfCheck
            && pair == selected
            && running != null
            && running.check != null
            && running.check.sentAt(answer) != Long.MIN_VALUE;
    if ((!isOfCheck && !isOfConsent) || !answer.isAuthentic(key, context.auth())) {
      return;
    }
    context.pacer().onAnswer(from.getAddress());
    pair.lastHeard = now;
    if (isOfCheck && check != null) {
      pair.check = null;
      if (isError) {
        onError(answer.errorCode(), pair, check, now);
      } else {
        onSuccess(pair, check, now - check.sentAt(answer), now);
      }
    } else if (running != null) {
      if (isError) {
        running.onHeard(now);
      } else {
        running.onAnswer(now);
      }
    }
  }

  private void onSuccess(CandidatePair pair, Check check, long roundTrip, long now) {
    checkTimeout = Math.max(MIN_CHECK_TIMEOUT, 3 * roundTrip);
    pair.state = CandidatePair.State.SUCCEEDED;
    pair.isTriggered = false;
    newest = pair.remote;
    out.onPath(pair.remote);
    onHeard(now);
    if (!isValid) {
      isValid = true;
      validSince = now;
      out.onValid(pair.remote);
    }
    if (check.nominates && check.isControlling && isControlling) {
      nominating = null;
      select(pair, now);
    } else if (isControlling) {
      if (nominating == null && (selected == null || isSilent(now))) {
        nominate(pair, now);
      }
    } else if (pair.isNominated || (selected != null && isSilent(now))) {
      consider(pair, now);
    }
  }

  private void onError(int code, CandidatePair pair, Check check, long now) {
    if (code == 487 && roleSwitches < MAX_ROLE_SWITCHES) {
      if (check.isControlling == isControlling) {
        switchRole();
        tieBreaker = newTieBreaker();
      }
      pair.state = CandidatePair.State.WAITING;
      pair.isTriggered = true;
      pair.notBefore = now + PAUSE;
    } else if (code >= 500) {
      pair.check = check; // as if it had not been answered
    } else {
      giveUp(pair, now);
    }
  }

  /** Whether nothing has come by the chosen way for a while. */
  private boolean isSilent(long now) {
    CandidatePair chosen = selected;
    return chosen != null && now - chosen.lastHeard >= SILENT_PATH;
  }

  /** The peer controls, and has chosen: the best of its choices, if it chose several. */
  private void consider(CandidatePair pair, long now) {
    CandidatePair chosen = selected;
    if (chosen == null || isSilent(now) || priority(pair) > priority(chosen)) {
      select(pair, now);
    }
  }

  private void nominate(CandidatePair pair, long now) {
    nominating = pair;
    pair.check = newCheck(true, now);
    sendCheck(pair, pair.check, now);
  }

  private void select(CandidatePair pair, long now) {
    CandidatePair before = selected;
    if (pair == before || (before != null && now - selectedAt < MIN_BETWEEN_MOVES)) {
      return;
    }
    selected = pair;
    selectedAt = now;
    pair.lastHeard = now;
    if (consent == null) {
      consent = new Consent(context.random(), now);
    } else {
      consent.restart(now);
    }
    for (CandidatePair other : pairs.values()) {
      if (other.state == CandidatePair.State.IN_PROGRESS) {
        other.fail();
      }
    }
    out.onSelected(pair.remote, before != null);
  }

  private void keepConsent(long now) {
    Consent running = consent;
    CandidatePair chosen = selected;
    if (running == null || chosen == null) {
      return;
    }
    if (running.isLost(now)) {
      fail(IceFailure.CONSENT_LOST);
      return;
    }
    if (running.isDue(now)) {
      running.onNew(newCheck(false, now), now);
    }
    if (running.mustSend(now) && running.check != null) {
      running.onSend();
      sendCheck(chosen, running.check, now);
    }
  }

  private void resend(long now) {
    for (CandidatePair pair : List.copyOf(pairs.values())) {
      Check check = pair.check;
      if (check == null || pair.state == CandidatePair.State.FAILED || now < check.nextSend()) {
        continue;
      }
      if (check.isOver(now)) {
        giveUp(pair, now);
      } else {
        sendCheck(pair, check, now);
      }
    }
  }

  private void giveUp(CandidatePair pair, long now) {
    pair.fail();
    if (pair == nominating) {
      nominating = null;
      CandidatePair next = best(pairs.values(), CandidatePair::hasSucceeded);
      if (next != null && selected == null) {
        nominate(next, now);
      }
    }
  }

  /** Starts the next check: first what the peer asks for, then the best of the list. */
  private void startChecks(long now) {
    if (now < nextCheck) {
      return;
    }
    CandidatePair next = best(pairs.values(), pair -> isWaiting(pair, now) && pair.isTriggered);
    boolean isOrdinary = next == null;
    if (isOrdinary && selected == null) {
      next = best(pairs.values(), pair -> isWaiting(pair, now));
    }
    if (next == null) {
      return;
    }
    nextCheck = now + PACE;
    if (!isOrdinary || context.pacer().take(next.remote.getAddress(), now)) {
      next.state = CandidatePair.State.IN_PROGRESS;
      next.isTriggered = false;
      next.check = newCheck(false, now);
      sendCheck(next, next.check, now);
    }
  }

  private static boolean isWaiting(CandidatePair pair, long now) {
    return pair.state == CandidatePair.State.WAITING && now >= pair.notBefore;
  }

  /** A while after the choice only what works is kept. */
  private void dropList(long now) {
    if (selected != null && !isListDropped && now - selectedAt >= LIST_LIFE) {
      isListDropped = true;
      pairs.values().removeIf(pair -> pair != selected && !pair.hasSucceeded());
      reflexive = 0;
    }
  }

  private Check newCheck(boolean nominates, long now) {
    return new Check(prefix, isControlling, nominates, checkTimeout, now, context.random());
  }

  private void sendCheck(CandidatePair pair, Check check, long now) {
    RemoteIce peer = remote;
    SecretKeySpec key = remoteKey;
    if (peer == null || key == null) {
      throw new IllegalStateException("the peer is not known");
    }
    StunWriter writer = context.writer().begin(StunMessage.Kind.REQUEST, check.onSend(now));
    writer
        .username(peer.credentials().ufrag(), local.ufrag())
        .priority(IceCandidate.Type.PEER_REFLEXIVE.priority(localPreference(pair.remote)))
        .role(check.isControlling, tieBreaker);
    if (check.nominates) {
      writer.useCandidate();
    }
    send(writer, key, pair.remote);
  }

  private void send(StunWriter writer, SecretKeySpec key, InetSocketAddress to) {
    int length = writer.end(key);
    out.send(writer.array(), length, to);
  }

  private void addSignalled(IceCandidate candidate) {
    CandidatePair known = pairs.get(candidate.address());
    if (known != null) {
      if (known.type == IceCandidate.Type.PEER_REFLEXIVE) {
        known.type = candidate.type();
        known.remotePriority = candidate.priority();
      }
    } else if (pairs.size() < MAX_PAIRS) {
      pairs.put(candidate.address(), new CandidatePair(candidate));
    }
  }

  private @Nullable CandidatePair addReflexive(InetSocketAddress from, long priority, long now) {
    if (reflexive >= MAX_REFLEXIVE || !isUsable.test(from)) {
      return null;
    }
    reflexive++;
    CandidatePair pair =
        new CandidatePair(new IceCandidate(IceCandidate.Type.PEER_REFLEXIVE, from, priority));
    pairs.put(from, pair);
    lastAdded = now;
    return pair;
  }

  private @Nullable CandidatePair best(
      Collection<CandidatePair> all, Predicate<CandidatePair> which) {
    CandidatePair best = null;
    for (CandidatePair pair : all) {
      if (which.test(pair) && (best == null || priority(pair) > priority(best))) {
        best = pair;
      }
    }
    return best;
  }

  private long priority(CandidatePair pair) {
    long ours = IceCandidate.Type.HOST.priority(localPreference(pair.remote));
    return isControlling
        ? CandidatePair.priority(ours, pair.remotePriority)
        : CandidatePair.priority(pair.remotePriority, ours);
  }

  private static int localPreference(InetSocketAddress remote) {
    return remote.getAddress() instanceof Inet6Address ? LOCAL_PREFERENCE_V6 : LOCAL_PREFERENCE_V4;
  }

  /** Some take 0 for none at all. */
  private long newTieBreaker() {
    return context.random().nextLong() | 1;
  }

  private void fail(IceFailure why) {
    close();
    out.onFailed(why);
  }
}
