package io.meterport.bootstrap.powerfail;

import java.io.IOException;
import java.util.List;

/** Holds a disk that a power cut left against what was promised. */
@FunctionalInterface
interface Judge {
    /** What is wrong with that state; empty if nothing is. */
    List<String> broken(CrashState state) throws IOException;
}
