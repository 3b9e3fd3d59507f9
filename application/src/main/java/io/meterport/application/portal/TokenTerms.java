package io.meterport.application.portal;

import io.meterport.application.spi.Catalog;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.Meter;
import io.meterport.domain.meter.MeterId;
import io.meterport.domain.meter.MeterSlug;
import io.meterport.domain.portal.Hints;
import io.meterport.domain.portal.MeterScope;
import io.meterport.domain.portal.Restrictions;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.problem.Require;
import java.math.BigDecimal;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns what a backend asks for, by slug, into what a token keeps, by id; refuses what is wrong. */
final class TokenTerms {
    private static final String CODE = "invalid-body";
    private static final int MOST_PER_SECOND = 10_000;
    private static final Pattern ORIGIN =
            Pattern.compile("https?://[a-z0-9.-]{1,253}(?::[0-9]{1,5})?");

    private final Catalog catalog;

    TokenTerms(Catalog catalog) {
        this.catalog = catalog;
    }

    MeterScope scope(Optional<List<String>> slugs) {
        return slugs.<MeterScope>map(this::only).orElseGet(MeterScope.Every::new);
    }

    Restrictions restrictions(AskedRestrictions asked) {
        asked.longestRange()
                .ifPresent(range -> Require.that(
                        range.isPositive() && range.compareTo(Restrictions.MOST_RANGE) <= 0,
                        CODE,
                        "longestRange must be positive and at most "
                                + Restrictions.text(Restrictions.MOST_RANGE)));
        asked.perSecond()
                .ifPresent(rate -> Require.that(
                        rate >= 1 && rate <= MOST_PER_SECOND,
                        CODE,
                        "requestsPerSecond must be 1 to " + MOST_PER_SECOND));
        asked.session()
                .ifPresent(label ->
                        Require.plainText(label, Restrictions.MOST_SESSION, CODE, "session"));
        return new Restrictions(
                filters(asked.filters()),
                hidden(asked.hidden()),
                asked.longestRange(),
                asked.smallestWindow(),
                origins(asked.origins()),
                asked.perSecond(),
                asked.session(),
                asked.events());
    }

    Hints hints(AskedHints asked) {
        Map<MeterId, BigDecimal> allowances = new LinkedHashMap<>();
        asked.allowances().forEach((slug, included) -> {
            Require.that(included.signum() >= 0, CODE, "an allowance must not be negative");
            allowances.put(meter(slug).id(), included);
        });
        return new Hints(
                asked.timeZone(),
                asked.locale().map(TokenTerms::locale),
                asked.billing(),
                allowances);
    }

    private MeterScope only(List<String> slugs) {
        Require.that(!slugs.isEmpty(), CODE, "allowedMeterSlugs must not be empty when given");
        Require.that(
                slugs.size() <= MeterScope.MOST_METERS,
                CODE,
                "allowedMeterSlugs has at most " + MeterScope.MOST_METERS + " entries");
        Map<MeterId, MeterSlug> found = new LinkedHashMap<>();
        for (String slug : slugs) {
            Meter meter = meter(slug);
            found.put(meter.id(), meter.slug());
        }
        return new MeterScope.Only(found);
    }

    private Map<MeterId, Map<DimensionKey, Set<String>>> filters(
            Map<String, Map<String, List<String>>> asked) {
        Map<MeterId, Map<DimensionKey, Set<String>>> filters = new LinkedHashMap<>();
        asked.forEach((slug, byDimension) -> {
            Meter meter = meter(slug);
            Map<DimensionKey, Set<String>> fixed = new LinkedHashMap<>();
            byDimension.forEach((name, values) -> {
                Require.that(
                        !values.isEmpty() && values.size() <= Restrictions.MOST_VALUES,
                        CODE,
                        "a fixed filter has 1 to " + Restrictions.MOST_VALUES + " values");
                fixed.put(dimension(meter, name), new LinkedHashSet<>(values));
            });
            filters.put(meter.id(), fixed);
        });
        return filters;
    }

    private Map<MeterId, Set<DimensionKey>> hidden(Map<String, List<String>> asked) {
        Map<MeterId, Set<DimensionKey>> hidden = new LinkedHashMap<>();
        asked.forEach((slug, names) -> {
            Meter meter = meter(slug);
            Set<DimensionKey> keys = new LinkedHashSet<>();
            names.forEach(name -> keys.add(dimension(meter, name)));
            hidden.put(meter.id(), keys);
        });
        return hidden;
    }

    private static Set<String> origins(List<String> asked) {
        Require.that(
                asked.size() <= Restrictions.MOST_VALUES,
                CODE,
                "allowedOrigins has at most " + Restrictions.MOST_VALUES + " entries");
        for (String origin : asked) {
            Require.that(
                    ORIGIN.matcher(origin).matches(),
                    CODE,
                    "an origin is a scheme, a host and perhaps a port, in lower case");
        }
        return new LinkedHashSet<>(asked);
    }

    private static String locale(String tag) {
        try {
            return new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new ProblemException(
                    new Problem.Invalid(CODE, "locale must be a BCP 47 language tag"), e);
        }
    }

    private static DimensionKey dimension(Meter meter, String name) {
        return meter.dimensions().stream()
                .map(dimension -> dimension.key())
                .filter(key -> key.value().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(new Problem.Invalid(
                        "unknown-dimension",
                        "The meter " + meter.slug() + " has no such dimension.")));
    }

    private Meter meter(String slug) {
        Require.that(MeterSlug.isSlug(slug), CODE, "meters are named by their slugs");
        return catalog.find(new MeterSlug(slug))
                .orElseThrow(() -> new ProblemException(
                        new Problem.NotFound("unknown-meter", "There is no meter " + slug + ".")));
    }
}
