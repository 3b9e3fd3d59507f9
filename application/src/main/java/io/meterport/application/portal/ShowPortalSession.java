package io.meterport.application.portal;

import io.meterport.application.portal.PortalSession.VisibleMeter;
import io.meterport.application.spi.MeterStore;
import io.meterport.application.spi.Retention;
import io.meterport.application.spi.SubjectStore;
import io.meterport.domain.portal.PortalToken;
import io.meterport.domain.subject.Subject;
import java.time.InstantSource;
import java.util.List;

/** Tells a token's holder what the token is good for. Thread-safe. */
public final class ShowPortalSession {
    private final MeterStore meters;
    private final SubjectStore subjects;
    private final Retention retention;
    private final InstantSource time;

    /**
     * @param time the clock by which tokens expire
     */
    public ShowPortalSession(
            MeterStore meters, SubjectStore subjects, Retention retention, InstantSource time) {
        this.meters = meters;
        this.subjects = subjects;
        this.retention = retention;
        this.time = time;
    }

    /** The session of that token. */
    public PortalSession of(PortalToken token) {
        return new PortalSession(
                token,
                subjects.find(token.namespace(), token.subject()).flatMap(Subject::displayName),
                time.instant(),
                meters(token));
    }

    /** The meters that the token may read, by slug. */
    public List<VisibleMeter> meters(PortalToken token) {
        PortalMeters allowed = new PortalMeters(token, meters.catalog(token.namespace()));
        return allowed.all().stream()
                .map(meter -> new VisibleMeter(
                        meter, allowed.visible(meter), retention.dataFrom(meter.id())))
                .toList();
    }
}
