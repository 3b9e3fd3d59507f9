package io.meterport.bootstrap;

import io.meterport.application.spi.VerificationReport;
import io.meterport.bootstrap.client.CommandFailure;
import io.meterport.bootstrap.client.Surroundings;
import io.meterport.bootstrap.client.VerifyCommand;
import io.meterport.bootstrap.settings.Settings;
import io.meterport.bootstrap.settings.SettingsReader;
import io.meterport.domain.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Verifies the store of a data folder where no server runs. */
final class OfflineStore implements VerifyCommand.Offline {
    private final Surroundings around;

    OfflineStore(Surroundings around) {
        this.around = around;
    }

    @Override
    public VerifyCommand.Found verify(Optional<Path> config, Optional<Path> data) {
        Settings settings = settings(around, config, data);
        Path folder = settings.data().folder();
        if (Storages.needFolder(settings) && !Files.isDirectory(folder)) {
            throw new CommandFailure("There is no data folder " + folder + ".");
        }
        Outside outside = Outside.real(Map.of());
        try (Storages storages = new Storages(settings.storage(), folder, outside.time())) {
            VerificationReport report = storages.events().verification().verify();
            return new VerifyCommand.Found(
                    report.events(),
                    report.meters(),
                    report.cells(),
                    report.left(),
                    report.found(),
                    report.differences());
        } catch (ProblemException e) {
            throw new CommandFailure(e.problem().detail());
        }
    }

    /** The settings of a server that is not running. */
    static Settings settings(Surroundings around, Optional<Path> config, Optional<Path> data) {
        Map<String, String> options =
                data.map(folder -> Map.of("data.dir", folder.toString())).orElse(Map.of());
        Optional<Path> file =
                config.or(() -> Optional.ofNullable(around.environment().get("METERPORT_CONFIG"))
                        .map(Path::of));
        return SettingsReader.read(file, around.environment(), options);
    }
}
