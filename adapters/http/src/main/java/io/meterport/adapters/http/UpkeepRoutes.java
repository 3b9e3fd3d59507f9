package io.meterport.adapters.http;

import io.meterport.adapters.http.wire.Answer;
import io.meterport.adapters.http.wire.Exchange;
import io.meterport.adapters.http.wire.Path;
import io.meterport.adapters.json.JsonWriter;
import io.meterport.application.access.ApiKey;
import io.meterport.application.access.Scope;
import io.meterport.application.spi.Verification;
import io.meterport.application.spi.VerificationReport;
import io.meterport.application.subject.EraseSubject;
import io.meterport.application.subject.EraseSubject.Erased;
import io.meterport.application.upkeep.BackupName;
import io.meterport.application.upkeep.FinishedBackup;
import io.meterport.application.upkeep.MakeBackup;
import io.meterport.domain.subject.SubjectKey;
import java.util.List;

/** What operators do with the store as a whole. */
final class UpkeepRoutes {
    private static final String SUBJECT = "subjectKey";
    private static final String CONFIRM = "confirm";
    private static final int CREATED = 201;

    private final EraseSubject erase;
    private final Verification verify;
    private final MakeBackup backup;

    UpkeepRoutes(UseCases.Upkeep upkeep) {
        this.erase = upkeep.erase();
        this.verify = upkeep.verify();
        this.backup = upkeep.backup();
    }

    List<Path> paths(Keys keys) {
        return List.of(
                Path.of("/api/v1/subjects/{" + SUBJECT + "}/erase")
                        .post(keys.with(Scope.ADMIN, this::erase)),
                Path.of("/api/v1/verify").post(keys.with(Scope.ADMIN, this::verify)),
                Path.of("/api/v1/backups").post(keys.with(Scope.ADMIN, this::backup)));
    }

    /** The key has to be said twice, since nothing brings it back. */
    private Answer erase(Exchange exchange, ApiKey key) {
        SubjectKey subject = new SubjectKey(exchange.pathValue(SUBJECT));
        Members members = Members.ofBody(Bodies.json(exchange));
        if (!members.requiredText(CONFIRM).equals(subject.value())) {
            throw members.fault(CONFIRM, "must repeat the subject's key");
        }
        return Answers.one(erase.erase(key, subject), UpkeepRoutes::write);
    }

    private Answer verify(Exchange exchange, ApiKey key) {
        return Answers.one(verify.verify(), UpkeepRoutes::write);
    }

    private Answer backup(Exchange exchange, ApiKey key) {
        Members members = Members.ofBody(Bodies.json(exchange));
        return Answers.one(
                        backup.make(members.parsed("name", BackupName::new)), UpkeepRoutes::write)
                .withStatus(CREATED);
    }

    private static void write(Erased erased, JsonWriter json) {
        json.beginObject();
        json.name("subject").value(erased.subject().value());
        json.name("events").value(erased.events());
        json.name("tokens").value(erased.tokens());
        json.endObject();
    }

    private static void write(VerificationReport report, JsonWriter json) {
        json.beginObject();
        json.name("sound").value(report.isSound());
        json.name("events").value(report.events());
        json.name("meters").value(report.meters());
        json.name("numbers").value(report.cells());
        json.name("left").value(report.left());
        json.name("found").value(report.found());
        json.name("differences").beginArray();
        report.differences().forEach(json::value);
        json.endArray().endObject();
    }

    private static void write(FinishedBackup done, JsonWriter json) {
        json.beginObject();
        json.name("name").value(done.name().value());
        json.name("path").value(done.path());
        json.name("bytes").value(done.bytes());
        json.name("sha256").value(done.sha256());
        json.name("createdAt").value(Rfc3339.utc(done.createdAt()));
        json.endObject();
    }
}
