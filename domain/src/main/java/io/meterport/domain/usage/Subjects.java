package io.meterport.domain.usage;

import io.meterport.domain.subject.SubjectKey;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Whose usage a query asks for, and whether it is told apart. */
public sealed interface Subjects {
    /** Whether the answer has rows of its own for each subject. */
    boolean apart();

    /** Whether that subject's events are asked for. */
    boolean include(SubjectKey subject);

    /** All of them, added up. */
    record Together() implements Subjects {
        @Override
        public boolean apart() {
            return false;
        }

        @Override
        public boolean include(SubjectKey subject) {
            return true;
        }
    }

    /** All of them, each apart. */
    record Each() implements Subjects {
        @Override
        public boolean apart() {
            return true;
        }

        @Override
        public boolean include(SubjectKey subject) {
            return true;
        }
    }

    /** Only these, each apart; at least one. */
    record Only(Set<SubjectKey> keys) implements Subjects {
        public Only {
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("no subject");
            }
            keys = Collections.unmodifiableSet(new LinkedHashSet<>(keys));
        }

        @Override
        public boolean apart() {
            return true;
        }

        @Override
        public boolean include(SubjectKey subject) {
            return keys.contains(subject);
        }
    }
}
