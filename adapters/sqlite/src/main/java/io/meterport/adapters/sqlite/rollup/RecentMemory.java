package io.meterport.adapters.sqlite.rollup;

import io.meterport.adapters.sqlite.file.Kept;
import io.meterport.adapters.sqlite.file.Session;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Recent rows as the last transactions left them, so that the next one need not read what it adds
 * to. Only transactions of events are followed; whatever else the writer does may change the same
 * rows, and so after it nothing is remembered. Only the writer's thread uses it.
 */
public final class RecentMemory implements Kept {
    /** Of at most 900 bytes each; what exceeds these is read from the table. */
    private static final int MOST_ROWS = 8_192;

    private record Place(long hour, long build, long series, int block) {
        static Place of(HourCells cells, int block) {
            return new Place(cells.hour(), cells.target().number(), cells.series(), block);
        }
    }

    private final RecentTable table = new RecentTable();
    private final Map<Place, byte[]> stored = new HashMap<>();
    private final Map<Place, byte[]> changed = new HashMap<>();
    private boolean follows;

    /** What is there of that row; no bytes if there is none. */
    byte[] find(Session session, HourCells cells, int block) throws SQLException {
        follows = true;
        Place place = Place.of(cells, block);
        byte[] known = changed.get(place);
        if (known == null) {
            known = stored.get(place);
        }
        return known == null ? table.find(session, cells, block) : known;
    }

    void put(Session session, HourCells cells, int block, byte[] parts) throws SQLException {
        table.put(session, cells, block, parts);
        changed.put(Place.of(cells, block), parts);
    }

    void delete(Session session, HourCells cells, int block) throws SQLException {
        table.delete(session, cells, block);
        changed.put(Place.of(cells, block), Page.EMPTY);
    }

    @Override
    public void load(Session session) {
        stored.clear();
        undone();
    }

    @Override
    public void committed() {
        if (!follows || stored.size() + changed.size() > MOST_ROWS) {
            stored.clear();
        }
        if (changed.size() <= MOST_ROWS) {
            stored.putAll(changed);
        }
        undone();
    }

    @Override
    public void undone() {
        changed.clear();
        follows = false;
    }
}
