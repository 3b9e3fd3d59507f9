package io.meterport.adapters.sqlite.rollup;

/** How fine pages are: a page of hours is a day, a page of minutes is an hour. */
public enum Level {
    HOURS("rollup_hours", 24, 60),
    MINUTES("rollup_minutes", 60, 1);

    /** How many combinations a block of pages holds. */
    public static final int BLOCK = 64;

    private static final long MICROS_PER_MINUTE = 60_000_000;

    private final String table;
    private final int slots;
    private final int minutesPerSlot;

    Level(String table, int slots, int minutesPerSlot) {
        this.table = table;
        this.slots = slots;
        this.minutesPerSlot = minutesPerSlot;
    }

    /** Where such pages are stored. */
    public String table() {
        return table;
    }

    /** How many hours or minutes a page has. */
    public int slots() {
        return slots;
    }

    /** The number, since 1970, of the hour or minute that lies at that moment. */
    public long bucket(long micros) {
        return micros / (minutesPerSlot * MICROS_PER_MINUTE);
    }

    /** When that hour or minute begins. */
    public long start(long bucket) {
        return bucket * minutesPerSlot * MICROS_PER_MINUTE;
    }

    /** The page that has that hour or minute. */
    public long page(long bucket) {
        return bucket / slots;
    }

    /** All hours or minutes of that page. */
    public Stretch ofPage(long page) {
        return new Stretch(page * slots, (page + 1) * slots);
    }

    int minutesPerSlot() {
        return minutesPerSlot;
    }
}
