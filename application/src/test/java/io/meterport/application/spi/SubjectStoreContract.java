package io.meterport.application.spi;

import static io.meterport.application.spi.Samples.subject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterport.domain.json.Json;
import io.meterport.domain.problem.ProblemException;
import io.meterport.domain.subject.Namespace;
import io.meterport.domain.subject.Subject;
import io.meterport.domain.subject.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of subjects promises. */
public abstract class SubjectStoreContract extends StorageContract {
    private static final Instant THEN = Instant.parse("2025-01-01T00:00:00.000001Z");
    private static final Instant LATER = Instant.parse("2025-06-01T00:00:00.5Z");

    @Test
    void hasNoSubjectsAtFirst() {
        assertThat(subjects().all(Namespace.DEFAULT)).isEmpty();
        assertThat(subjects().find(Namespace.DEFAULT, subject("alice"))).isEmpty();
        assertThat(subjects().find(Namespace.DEFAULT, id(1))).isEmpty();
    }

    @Test
    void registersASubjectExactlyAsItIs() {
        Json.Obj metadata = Samples.data("z", 1, "a", "é 😀 '\\", "deep", Samples.data("b", true));
        SubjectChange change = new SubjectChange(
                id(1),
                subject("Acme, Inc. 😀"),
                new Patch.Replace<>("Acme 'the' \"best\""),
                new Patch.Replace<>(metadata),
                new Patch.Replace<>("cus_123"));

        Subject registered = upsert(THEN, change).getFirst();

        assertThat(registered)
                .isEqualTo(new Subject(
                        id(1),
                        Namespace.DEFAULT,
                        subject("Acme, Inc. 😀"),
                        Optional.of("Acme 'the' \"best\""),
                        metadata,
                        Optional.of("cus_123"),
                        THEN,
                        THEN,
                        Optional.empty()));
        assertThat(subjects().find(Namespace.DEFAULT, registered.key())).contains(registered);
        assertThat(subjects().find(Namespace.DEFAULT, id(1))).contains(registered);
        assertThat(registered.metadata().members().keySet()).containsExactly("z", "a", "deep");
    }

    @Test
    void registersASubjectOfWhichNothingIsKnown() {
        Subject registered = upsert(THEN, keep(1, "alice")).getFirst();

        assertThat(registered.displayName()).isEmpty();
        assertThat(registered.metadata()).isEqualTo(Json.Obj.EMPTY);
        assertThat(registered.stripeCustomerId()).isEmpty();
    }

    @Test
    void changesOnlyWhatIsAskedFor() {
        upsert(THEN, full(1, "alice"));

        Subject kept = upsert(LATER, keep(2, "alice")).getFirst();

        assertThat(kept.id()).isEqualTo(id(1));
        assertThat(kept.displayName()).contains("Name of alice");
        assertThat(kept.metadata()).isEqualTo(Samples.data("key", "alice"));
        assertThat(kept.stripeCustomerId()).contains("cus_alice");
        assertThat(kept.createdAt()).isEqualTo(THEN);
        assertThat(kept.updatedAt()).isEqualTo(LATER);
        assertThat(subjects().find(Namespace.DEFAULT, id(2))).isEmpty();
    }

    @Test
    void clearsWhatIsToBeGone() {
        upsert(THEN, full(1, "alice"));

        Subject cleared = upsert(
                        LATER,
                        new SubjectChange(
                                id(2),
                                subject("alice"),
                                new Patch.Clear<>(),
                                new Patch.Clear<>(),
                                new Patch.Clear<>()))
                .getFirst();

        assertThat(cleared.displayName()).isEmpty();
        assertThat(cleared.metadata()).isEqualTo(Json.Obj.EMPTY);
        assertThat(cleared.stripeCustomerId()).isEmpty();
        assertThat(subjects().find(Namespace.DEFAULT, subject("alice"))).contains(cleared);
    }

    @Test
    void answersInTheOrderAskedFor() {
        upsert(THEN, keep(5, "b"));

        List<Subject> registered = upsert(LATER, keep(6, "c"), keep(7, "b"), keep(8, "a"));

        assertThat(registered)
                .extracting(each -> each.key().value())
                .containsExactly("c", "b", "a");
        assertThat(registered).extracting(each -> each.id()).containsExactly(id(6), id(5), id(8));
    }

    @Test
    void changesNothingIfANewKeyStandsThereTwice() {
        upsert(THEN, full(1, "old"));

        assertThatThrownBy(() -> upsert(LATER, keep(2, "old"), keep(3, "new"), keep(4, "new")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code())
                                .isEqualTo("duplicate-subject"));

        assertThat(subjects().all(Namespace.DEFAULT))
                .singleElement()
                .satisfies(old -> assertThat(old.updatedAt()).isEqualTo(THEN));
    }

    @Test
    void listsLiveSubjectsInTheOrderOfTheirIds() {
        upsert(THEN, keep(3, "a"), keep(1, "b"));
        upsert(LATER, keep(2, "c"), keep(4, "d"));
        subjects().delete(Namespace.DEFAULT, id(4), LATER);

        assertThat(subjects().all(Namespace.DEFAULT))
                .extracting(Subject::id)
                .containsExactly(id(1), id(2), id(3));
    }

    @Test
    void deletesASubjectOnceAndFreesItsKey() {
        upsert(THEN, full(1, "alice"));

        subjects().delete(Namespace.DEFAULT, id(1), LATER);
        subjects().delete(Namespace.DEFAULT, id(1), LATER.plusSeconds(60));
        subjects().delete(Namespace.DEFAULT, id(99), LATER);

        assertThat(subjects().find(Namespace.DEFAULT, subject("alice"))).isEmpty();
        assertThat(subjects().find(Namespace.DEFAULT, id(1)).orElseThrow().deletedAt())
                .contains(LATER);
        Subject again = upsert(LATER, keep(2, "alice")).getFirst();
        assertThat(again.id()).isEqualTo(id(2));
        assertThat(again.displayName()).isEmpty();
        assertThat(subjects().find(Namespace.DEFAULT, subject("alice"))).contains(again);
    }

    @Test
    void keepsNamespacesApart() {
        upsert(THEN, full(1, "alice"));

        subjects().delete(Samples.OTHER, id(1), LATER);
        List<Subject> there = subjects().upsert(Samples.OTHER, List.of(keep(2, "alice")), LATER);

        assertThat(there.getFirst().id()).isEqualTo(id(2));
        assertThat(subjects().find(Samples.OTHER, id(1))).isEmpty();
        assertThat(subjects()
                        .find(Namespace.DEFAULT, subject("alice"))
                        .orElseThrow()
                        .id())
                .isEqualTo(id(1));
        assertThat(subjects().all(Samples.OTHER)).hasSize(1);
    }

    @Test
    void tellsKeysApartByEveryCharacter() {
        upsert(THEN, keep(1, "é"), keep(2, "e\u0301"), keep(3, "E"), keep(4, "e"), keep(5, "e "));

        assertThat(subjects().all(Namespace.DEFAULT)).hasSize(5);
        assertThat(subjects()
                        .find(Namespace.DEFAULT, subject("é"))
                        .orElseThrow()
                        .id())
                .isEqualTo(id(1));
        assertThat(subjects()
                        .find(Namespace.DEFAULT, subject("E"))
                        .orElseThrow()
                        .id())
                .isEqualTo(id(3));
    }

    @Test
    void registersAKeyOnceThoughManyDoAtOnce() {
        List<SubjectId> ids = Together.run(
                6, thread -> upsert(THEN, keep(thread + 1, "alice")).getFirst().id());

        assertThat(ids).containsOnly(ids.getFirst());
        assertThat(subjects().all(Namespace.DEFAULT)).hasSize(1);
    }

    private SubjectStore subjects() {
        return catalog().subjects();
    }

    private List<Subject> upsert(Instant now, SubjectChange... changes) {
        return subjects().upsert(Namespace.DEFAULT, List.of(changes), now);
    }

    private static SubjectId id(int number) {
        return new SubjectId(Samples.ulid(number));
    }

    private static SubjectChange keep(int number, String key) {
        return new SubjectChange(
                id(number),
                subject(key),
                new Patch.Keep<>(),
                new Patch.Keep<>(),
                new Patch.Keep<>());
    }

    private static SubjectChange full(int number, String key) {
        return new SubjectChange(
                id(number),
                subject(key),
                new Patch.Replace<>("Name of " + key),
                new Patch.Replace<>(Samples.data("key", key)),
                new Patch.Replace<>("cus_" + key));
    }
}
