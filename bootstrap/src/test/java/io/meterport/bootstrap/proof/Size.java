package io.meterport.bootstrap.proof;

/** How much a proof does: little in every build, a lot where a profile says so. */
public final class Size {
    private Size() {}

    /** What the system property {@code proofs.NAME} says, or what is usual. */
    public static int of(String name, int usual) {
        String given = System.getProperty("proofs." + name, "");
        return given.isEmpty() ? usual : Integer.parseInt(given);
    }

    /** Where the choices of a proof begin; another number makes another run. */
    public static long seed() {
        return of("seed", 1);
    }
}
