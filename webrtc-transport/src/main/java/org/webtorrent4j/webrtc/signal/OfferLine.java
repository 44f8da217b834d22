package org.webtorrent4j.webrtc.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for offers, and whose turn it is: nobody gets a second one before everybody has a
 * first. Confined to the event loop.
 */
final class OfferLine {
  private final TreeSet<OfferWaiter> emptyHanded = new TreeSet<>(OfferWaiter.ORDER);
  private final Set<OfferWaiter> holding = new LinkedHashSet<>(); // and want more
  private final Set<OfferWaiter> impatient = new LinkedHashSet<>(); // of both

  void add(OfferWaiter waiter) {
    emptyHanded.add(waiter);
    if (!waiter.isPatient) {
      impatient.add(waiter);
    }
  }

  void remove(OfferWaiter waiter) {
    emptyHanded.remove(waiter);
    holding.remove(waiter);
    impatient.remove(waiter);
  }

  /** Who gets the next offer; null if nobody wants one. */
  @Nullable OfferWaiter next() {
    if (!emptyHanded.isEmpty()) {
      return emptyHanded.first();
    }
    return holding.stream()
        .filter(waiter -> waiter.missing() > 0)
        .min(Comparator.comparingInt(OfferWaiter::taken))
        .orElse(null);
  }

  void give(OfferWaiter waiter, PendingPeer offer) {
    emptyHanded.remove(waiter);
    holding.add(waiter);
    waiter.give(offer);
  }

  /** An offer that was given has ended by itself. */
  void forget(PendingPeer offer) {
    for (OfferWaiter waiter : List.copyOf(holding)) {
      waiter.forget(offer);
      if (waiter.taken() == 0) {
        holding.remove(waiter);
        emptyHanded.add(waiter);
      }
    }
  }

  /** Those who have what they want, or do not wait for more than one. */
  List<OfferWaiter> satisfied() {
    return holding.stream().filter(waiter -> waiter.isPatient || waiter.missing() == 0).toList();
  }

  /** Those who do without rather than to wait. */
  List<OfferWaiter> impatient() {
    return List.copyOf(impatient);
  }

  List<OfferWaiter> all() {
    List<OfferWaiter> all = new ArrayList<>(holding);
    all.addAll(emptyHanded);
    return all;
  }

  /** Who has nothing and needs it most; null if everybody has something. */
  @Nullable OfferWaiter neediest() {
    return emptyHanded.isEmpty() ? null : emptyHanded.first();
  }

  /** How many have nothing. */
  int emptyHanded() {
    return emptyHanded.size();
  }

  /** How many offers would satisfy all. */
  int missing() {
    int patient = emptyHanded.size() + holding.size() - impatient.size();
    return patient + impatient.stream().mapToInt(OfferWaiter::missing).sum();
  }

  /** How many were given to those who wait for more. */
  int given() {
    return holding.stream().mapToInt(OfferWaiter::taken).sum();
  }
}
