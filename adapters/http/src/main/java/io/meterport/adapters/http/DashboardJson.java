package io.meterport.adapters.http;

import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.dashboard.Comparison;
import io.meterport.application.dashboard.DashboardAnswer;
import io.meterport.application.dashboard.MeterAnswer;
import io.meterport.application.dashboard.Point;
import io.meterport.application.dashboard.Series;
import io.meterport.domain.meter.DimensionKey;
import io.meterport.domain.meter.MeteredNumber;
import io.meterport.domain.subject.SubjectKey;
import io.meterport.domain.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Builds the JSON of a usage page. Each number stands there twice: as one, and as exact text. */
final class DashboardJson {
    private final DashboardAnswer page;
    private final JsonWriter json = JsonWriter.webSafe();

    private DashboardJson(DashboardAnswer page) {
        this.page = page;
    }

    /** The whole text, for a token's holder. */
    static byte[] of(DashboardAnswer page, SubjectKey subject) {
        return new DashboardJson(page).bytes(Optional.of(subject));
    }

    /** The whole text, for an operator; each part names its subject. */
    static byte[] of(DashboardAnswer page) {
        return new DashboardJson(page).bytes(Optional.empty());
    }

    private byte[] bytes(Optional<SubjectKey> subject) {
        json.beginObject();
        subject.ifPresent(one -> json.name("subject").value(one.value()));
        bounds(page.period());
        json.name("timeZone").value(Zones.name(page.zone()));
        page.windowSize().ifPresent(size -> json.name("windowSize").value(size.name()));
        page.asOf().ifPresent(at -> json.name("asOf").value(Rfc3339.utc(at)));
        json.name("completeUntil").value(Rfc3339.utc(page.completeUntil()));
        json.name("meters").beginArray();
        page.meters().forEach(meter -> write(meter, subject.isEmpty()));
        return json.endArray().endObject().newLine().toBytes();
    }

    private void write(MeterAnswer answer, boolean withSubject) {
        json.beginObject();
        json.name("meter").value(answer.meter().slug().value());
        json.name("name").value(answer.meter().name());
        answer.meter().unit().ifPresent(unit -> json.name("unit").value(unit));
        json.name("aggregation").value(MeterJson.aggregation(answer.meter().aggregation()));
        if (withSubject) {
            answer.subject().ifPresent(one -> json.name("subject").value(one.value()));
        }
        json.name("groupBy").beginArray();
        answer.groupBy().forEach(key -> json.value(key.value()));
        json.endArray();
        rest(answer.all());
        if (!answer.groupBy().isEmpty()) {
            json.name("series").beginArray();
            answer.groups().forEach(series -> group(answer.groupBy(), series));
            json.endArray();
        }
        answer.other().ifPresent(other -> {
            json.name("other").beginObject();
            rest(other);
            json.endObject();
        });
        answer.previous().ifPresent(this::previous);
        json.endObject();
    }

    private void group(List<DimensionKey> keys, Series series) {
        json.beginObject().name("group").beginObject();
        for (int i = 0; i < keys.size(); i++) {
            json.name(keys.get(i).value()).value(series.group().get(i));
        }
        json.endObject();
        rest(series);
        json.endObject();
    }

    private void rest(Series series) {
        number("total", series.total());
        points(series.points());
    }

    private void previous(Comparison previous) {
        json.name("previous").beginObject();
        bounds(previous.period());
        json.name("comparedTo").value(time(previous.comparedTo()));
        number("total", previous.total());
        number("delta", previous.delta());
        points(previous.points());
        json.endObject();
    }

    private void points(List<Point> points) {
        json.name("windows").beginArray();
        points.forEach(this::point);
        json.endArray();
    }

    private void point(Point point) {
        json.beginObject();
        json.name("windowStart").value(time(point.window().start()));
        json.name("windowEnd").value(time(point.window().end()));
        json.name("partial").value(point.partial());
        both(point.value());
        point.cumulative().ifPresent(sum -> number("cumulative", Optional.of(sum)));
        json.endObject();
    }

    private void bounds(Window window) {
        json.name("from").value(time(window.start()));
        json.name("to").value(time(window.end()));
    }

    private void number(String name, Optional<BigDecimal> number) {
        json.name(name);
        if (number.isEmpty()) {
            json.nothing();
            return;
        }
        json.beginObject();
        both(number);
        json.endObject();
    }

    private void both(Optional<BigDecimal> number) {
        if (number.isEmpty()) {
            json.name("value").nothing().name("exact").nothing();
            return;
        }
        json.name("value").value(number.get());
        json.name("exact").value(MeteredNumber.plain(number.get()));
    }

    private String time(Instant instant) {
        ZoneId zone = page.zone();
        return Rfc3339.text(instant, zone);
    }
}
