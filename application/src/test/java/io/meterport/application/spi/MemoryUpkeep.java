package io.meterport.application.spi;

import io.meterport.domain.event.StoredEvent;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Horizon;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Forgets nothing before the horizon but that single events can be seen: usage of whole hours is
 * still computed from them, which is what a store with rollups gets by keeping those.
 */
final class MemoryUpkeep implements Retention, Erasure, Verification {
    private final MemoryState state;

    MemoryUpkeep(MemoryState state) {
        this.state = state;
    }

    @Override
    public Horizon horizon() {
        synchronized (state) {
            return state.horizon;
        }
    }

    @Override
    public Horizon raise(Horizon to) {
        synchronized (state) {
            if (state.builds.isEmpty()) {
                state.horizon = state.horizon.or(to);
            }
            return state.horizon;
        }
    }

    @Override
    public Optional<Instant> dataFrom(MeterId meter) {
        synchronized (state) {
            return Optional.ofNullable(state.dataFrom.get(meter));
        }
    }

    @Override
    public long erase(Namespace namespace, SubjectKey subject) {
        synchronized (state) {
            List<StoredEvent> kept = state.kept(namespace);
            long erased = kept.stream()
                    .filter(stored -> stored.event().subject().equals(subject))
                    .count();
            state.events(namespace).removeIf(stored -> stored.event().subject().equals(subject));
            return erased;
        }
    }

    @Override
    public VerificationReport verify() {
        return new VerificationReport(0, 0, 0, 0, 0, List.of());
    }
}
