package io.meterport.adapters.postgres.rollup;

/**
 * The place of a row: its key. In the order in which rows are written.
 *
 * @param bucket the hour or minute
 * @param combination that of the dimension values; {@link #TOTAL} where they are not told apart
 */
record Place(long build, long series, long bucket, int combination) implements Comparable<Place> {
    /** All combinations. */
    static final int TOTAL = -1;

    Place total() {
        return new Place(build, series, bucket, TOTAL);
    }

    Place ofAllSeries() {
        return new Place(build, Rollups.ALL, bucket, combination);
    }

    Place inHour() {
        return new Place(build, series, Math.floorDiv(bucket, Rollups.MINUTES), combination);
    }

    @Override
    public int compareTo(Place other) {
        int order = Long.compare(build, other.build);
        order = order != 0 ? order : Long.compare(series, other.series);
        order = order != 0 ? order : Long.compare(bucket, other.bucket);
        return order != 0 ? order : Integer.compare(combination, other.combination);
    }
}
