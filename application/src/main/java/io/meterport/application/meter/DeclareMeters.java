package io.meterport.application.meter;

import io.meterport.application.spi.MeterChange;
import io.meterport.application.spi.MeterStore;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import java.util.List;

/**
 * Makes the meters of the default namespace what the configuration declares: creates those that are
 * missing and changes those that differ. It never deletes one.
 */
public final class DeclareMeters {
    /** Who the audit says it was. */
    private static final String ACTOR = "configuration";

    private final MeterStore meters;
    private final DefineMeter define;

    public DeclareMeters(MeterStore meters, DefineMeter define) {
        this.meters = meters;
        this.define = define;
    }

    /**
     * Does so for these.
     *
     * @throws IllegalArgumentException if a live meter of that slug has another event type,
     *     aggregation, value property or eventFrom, which can never change
     */
    public void declare(List<MeterDraft> drafts) {
        for (MeterDraft draft : drafts) {
            try {
                declare(draft);
            } catch (ProblemException e) {
                if (!e.problem().code().equals("meter-exists")) {
                    throw e;
                }
                declare(draft); // Another node that starts has just made it.
            }
        }
    }

    private void declare(MeterDraft draft) {
        meters.catalog(Namespace.DEFAULT)
                .find(draft.slug())
                .ifPresentOrElse(
                        meter -> match(meter, draft),
                        () -> define.create(ACTOR, Namespace.DEFAULT, draft));
    }

    private void match(Meter meter, MeterDraft draft) {
        if (!meter.eventType().equals(draft.eventType())
                || !meter.aggregation().equals(draft.aggregation())
                || !meter.eventFrom().equals(draft.eventFrom())) {
            throw new IllegalArgumentException(
                    "the meter " + draft.slug() + " exists with another event type, aggregation,"
                            + " value property or eventFrom; these never change: delete it first"
                            + " or declare another slug");
        }
        MeterEdit edit = new MeterEdit(
                draft.name(), draft.description(), draft.dimensions(), draft.metadata());
        Meter edited = define.edited(meter, edit);
        if (!edited.name().equals(meter.name())
                || !edited.description().equals(meter.description())
                || !edited.dimensions().equals(meter.dimensions())
                || !edited.metadata().equals(meter.metadata())) {
            meters.change(new MeterChange.Redefine(edited), ACTOR);
        }
    }
}
