package io.meterport.application.dashboard;

import io.meterport.application.spi.UsageChange;
import io.meterport.application.spi.UsageReader;
import io.meterport.application.spi.UsageState;
import io.meterport.domain.usage.UsageQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts a usage page together, all of it from one state of the store. Immutable. */
public final class UsagePage {
    private final MeterPage.Shape shape;
    private final List<Part> parts;

    /**
     * One meter of the page, of one subject or of all together.
     *
     * @param query everything but range, windows and groups kept apart
     */
    public record Part(SeriesRequest asked, UsageQuery query) {
        public Part {
            Objects.requireNonNull(asked, "asked");
            Objects.requireNonNull(query, "query");
        }
    }

    public UsagePage(MeterPage.Shape shape, List<Part> parts) {
        this.shape = shape;
        this.parts = List.copyOf(parts);
    }

    /**
     * The page.
     *
     * @param now all events stored before this are in it
     */
    public DashboardAnswer read(UsageReader usage, Instant now) {
        return usage.together(state -> read(state, now));
    }

    private DashboardAnswer read(UsageState state, Instant now) {
        PointBudget budget = new PointBudget();
        UsageChange change = UsageChange.NONE;
        List<MeterAnswer> answers = new ArrayList<>();
        for (Part part : parts) {
            MeterPage page = new MeterPage(state, shape, part.asked(), budget);
            answers.add(page.answer(part.query()));
            change = change.or(state.lastChange(part.query()));
        }
        return new DashboardAnswer(
                shape.period(), shape.zone(), shape.size(), change.at(), now, answers);
    }
}
