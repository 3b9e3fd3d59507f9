package io.meterport.adapters.sqlite.key;

import io.meterport.adapters.sqlite.file.Session;
import java.sql.SQLException;

/** Reads a generation block by block. */
final class GenerationCursor implements KeyCursor {
    private final Session session;
    private final KeyGeneration generation;
    private KeyBlock block = KeyBlock.EMPTY;
    private int nextBlock;
    private int at = -1;

    GenerationCursor(Session session, KeyGeneration generation) {
        this.session = session;
        this.generation = generation;
    }

    @Override
    public boolean next() throws SQLException {
        at++;
        while (at >= block.size()) {
            if (nextBlock == generation.blocks()) {
                return false;
            }
            block = KeyTables.block(session, generation.id(), nextBlock++);
            at = 0;
        }
        return true;
    }

    @Override
    public long high() {
        return block.high(at);
    }

    @Override
    public long low() {
        return block.low(at);
    }
}
