package io.meterport.bootstrap;

import io.meterport.bootstrap.bench.BenchCommand;
import io.meterport.bootstrap.client.BackupCommand;
import io.meterport.bootstrap.client.CommandFailure;
import io.meterport.bootstrap.client.IngestCommand;
import io.meterport.bootstrap.client.KeysCommand;
import io.meterport.bootstrap.client.MetersCommand;
import io.meterport.bootstrap.client.QueryCommand;
import io.meterport.bootstrap.client.SubjectsCommand;
import io.meterport.bootstrap.client.Surroundings;
import io.meterport.bootstrap.client.TokensCommand;
import io.meterport.bootstrap.client.VerifyCommand;
import io.meterport.bootstrap.settings.SettingsProblem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of Meterport. */
@Command(
        name = "meterport",
        mixinStandardHelpOptions = true,
        description = "Meters usage, and shows customers their own.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    /** The exit code of a command that could not do what it was asked to. */
    static final int FAILED = 1;
    /** The exit code of a command line that makes no sense. */
    static final int MISUSED = 2;

    @Spec
    @SuppressWarnings("NullAway") // The command line's parser sets it.
    private CommandSpec spec;

    private Main() {}

    public static void main(String... arguments) {
        makeRoomBesideQueries();
        System.exit(run(Surroundings.ofProcess(), arguments));
    }

    /**
     * Virtual threads take no turns: who computes keeps its carrier until it waits. Unless told
     * otherwise two queries for each core may compute at a time, so there are carriers for a third,
     * and the system shares the cores among all of them.
     */
    private static void makeRoomBesideQueries() {
        String carriers = "jdk.virtualThreadScheduler.parallelism";
        if (System.getProperty(carriers) == null) {
            int cores = Runtime.getRuntime().availableProcessors();
            System.setProperty(carriers, Integer.toString(3 * cores));
        }
    }

    /** Runs a command and returns its exit code: 0, or 1 for a failure, or 2 for misuse. */
    static int run(Surroundings around, String... arguments) {
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new ServeCommand(around))
                .addSubcommand(new DemoCommand(around))
                .addSubcommand(new IngestCommand(around))
                .addSubcommand(new MetersCommand(around))
                .addSubcommand(new QueryCommand(around))
                .addSubcommand(new TokensCommand(around))
                .addSubcommand(new KeysCommand(around, new KeysInStore(around)))
                .addSubcommand(new SubjectsCommand(around))
                .addSubcommand(new BackupCommand(around))
                .addSubcommand(new RestoreCommand(around))
                .addSubcommand(new VerifyCommand(around, new OfflineStore(around)))
                .addSubcommand(new MigrateCommand(around))
                .addSubcommand(new CopyCommand(around))
                .addSubcommand(new BenchCommand(around, Version.text()))
                .addSubcommand(new CheckConfigCommand(around))
                .addSubcommand(new VersionCommand(around));
        withVersion(line);
        return line.setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, at, _) -> failed(around, failure))
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }

    private static void withVersion(CommandLine line) {
        line.getCommandSpec().version("meterport " + Version.text());
        line.getSubcommands().values().forEach(Main::withVersion);
    }

    private static int failed(Surroundings around, Exception failure) {
        String sentence = switch (failure) {
            case CommandFailure expected -> expected.getMessage();
            case SettingsProblem expected -> expected.getMessage();
            case StartFailure expected -> expected.getMessage();
            default -> "A fault in Meterport: " + failure;
        };
        around.err().println("meterport: " + sentence);
        return FAILED;
    }
}
