package io.meterport.adapters.sqlite.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks at the write-ahead log before SQLite does. SQLite takes the first frame that is not as it
 * was written for the end, as after a power cut, and what was committed behind it would be gone
 * without a word.
 *
 * <p>A power cut may leave any part of the transactions that were not flushed, and no two of those
 * lie in a log: the next one is begun when the one before is on the disk. So a frame that was written
 * behind the end of a transaction says that everything before that end was on the disk once. If
 * something there is broken, it was changed afterwards. Nothing less is held to be damage: the last
 * transaction may look like anything, and so may the end of the one before it.
 */
final class LogCheck {
    private LogCheck() {}

    /**
     * Requires that nothing committed is hidden behind a damaged place.
     *
     * @throws IllegalStateException with a sentence for the operator if something is
     */
    static void require(Path log) throws IOException {
        if (hidesCommits(log)) {
            throw new IllegalStateException("The log " + log + " was changed after it was written,"
                    + " and what was acknowledged behind that place would be lost. Copy the data"
                    + " folder; then restore a backup, or go on with what lies before that place:"
                    + " see docs/operations.md, \"A damaged log\".");
        }
    }

    static boolean hidesCommits(Path log) throws IOException {
        Optional<LogFrames> opened = LogFrames.open(log, Settings.PAGE_SIZE);
        if (opened.isEmpty()) {
            return false;
        }
        try (LogFrames frames = opened.get()) {
            boolean isBroken = !frames.hasSoundHeader();
            boolean isBehindCommit = false;
            while (frames.next()) {
                if (isBehindCommit && frames.follows()) {
                    return true;
                }
                // A frame that does not follow may be of two times, so that its end means nothing.
                isBehindCommit = isBroken && frames.follows() && frames.isCommit();
                isBroken |= !frames.follows();
            }
            return false;
        }
    }
}
