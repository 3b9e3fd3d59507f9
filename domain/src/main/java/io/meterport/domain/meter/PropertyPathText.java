package io.meterport.domain.meter;

import io.meterport.domain.meter.PropertyPath.Step;
import io.meterport.domain.problem.Problem;
import io.meterport.domain.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** Takes the text of a property path apart, character by character; no regular expressions. */
final class PropertyPathText {
    private static final String WHAT =
            "a property path begins with $ and goes on with .name, ['name'] or [0]";

    private final String text;
    private int at;

    PropertyPathText(String text) {
        this.text = text;
    }

    List<Step> steps() {
        require(text.length() <= PropertyPath.MOST_CHARACTERS && text.startsWith("$"));
        at = 1;
        List<Step> steps = new ArrayList<>();
        while (at < text.length()) {
            steps.add(step());
            require(steps.size() <= PropertyPath.MOST_STEPS);
        }
        require(!steps.isEmpty());
        return steps;
    }

    private Step step() {
        char first = text.charAt(at++);
        if (first == '.') {
            return new Step.Member(name());
        }
        require(first == '[' && at < text.length());
        char next = text.charAt(at);
        Step step =
                next == '\'' || next == '"' ? new Step.Member(quoted()) : new Step.Item(index());
        require(at < text.length() && text.charAt(at++) == ']');
        return step;
    }

    private String name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        require(at > start);
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c) {
        return c == '_'
                || c == '-'
                || c == '@'
                || Character.isLetterOrDigit(c)
                || Character.isSurrogate(c);
    }

    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder name = new StringBuilder();
        while (true) {
            require(at < text.length());
            char c = text.charAt(at++);
            if (c == quote) {
                require(!name.isEmpty());
                return name.toString();
            }
            if (c == '\\') {
                require(at < text.length());
                c = text.charAt(at++);
                require(c == '\\' || c == '\'' || c == '"');
            }
            require(!Character.isISOControl(c));
            name.append(c);
        }
    }

    private int index() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        require(at > start && at - start <= 6 && (at - start == 1 || text.charAt(start) != '0'));
        return Integer.parseInt(text, start, at, 10);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new ProblemException(new Problem.Invalid("invalid-path", WHAT));
        }
    }
}
