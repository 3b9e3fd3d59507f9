package io.meterport.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md says what is tested; the tests say for what they stand. Both say the same. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("..", "docs", "security.md");
    private static final Pattern MARK = Pattern.compile("@Threat\\(([^)]*)\\)");
    private static final Pattern ROW = Pattern.compile("\"([A-J][0-9]+)\"");
    private static final Pattern RANGE = Pattern.compile("([A-J])([0-9]+)(?:–[A-J]([0-9]+))?");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test|\\w+\\.test\\.tsx?)`");
    private static final Pattern CHAPTER = Pattern.compile("\\| V([0-9]+)\\b.*");
    private static final Path WEB_TESTS = Path.of("..", "adapters", "web", "test");
    private static final int CHAPTERS = 17;

    @Test
    void everyRowHasATestAndEveryTestARow() throws IOException {
        Set<String> promised = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.matches("\\| [A-J][0-9].*")) {
                rows(line.substring(0, line.indexOf('|', 1)), promised);
            }
        }

        assertThat(marked()).containsExactlyInAnyOrderElementsOf(promised);
    }

    @Test
    void everyTestThatThePageNamesIsThere() throws IOException {
        Set<String> named = matches(TEST, Files.readString(PAGE));
        Set<String> classes = sources().stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(WEB_TESTS)) {
            files.forEach(file -> classes.add(file.getFileName().toString()));
        }

        assertThat(classes).containsAll(named);
        assertThat(named).hasSizeGreaterThan(10);
    }

    @Test
    void theChecklistHasEveryChapterAndATestForWhateverApplies() throws IOException {
        Set<Integer> chapters = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (CHAPTER.matcher(line).matches()) {
                String[] cells = line.split(" \\| ", 3);
                boolean applies = !cells[1].startsWith("Not ");

                assertThat(applies && matches(TEST, cells[2]).isEmpty())
                        .as(line)
                        .isFalse();
                chapters.add(Integer.parseInt(line.replaceFirst("\\| V([0-9]+).*", "$1")));
            }
        }

        assertThat(chapters).hasSize(CHAPTERS).contains(1, CHAPTERS);
    }

    private static void rows(String cell, Set<String> rows) {
        RANGE.matcher(cell).results().forEach(range -> {
            int first = Integer.parseInt(range.group(2));
            int last = range.group(3) == null ? first : Integer.parseInt(range.group(3));
            for (int row = first; row <= last; row++) {
                rows.add(range.group(1) + row);
            }
        });
    }

    private static Set<String> marked() throws IOException {
        Set<String> rows = new TreeSet<>();
        for (Path file : sources()) {
            for (String mark : matches(MARK, Files.readString(file))) {
                rows.addAll(matches(ROW, mark));
            }
        }
        return rows;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                20,
                (file, attributes) -> file.toString().endsWith("Test.java")
                        && file.toString().contains("src/test/java"))) {
            return files.toList();
        }
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
