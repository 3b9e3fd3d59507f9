package io.meterport.application.meter;

/**
 * A part of a list.
 *
 * @param number counted from 1
 * @param size how many entries a page has, at least 1
 */
public record Page(int number, int size) {
    public Page {
        if (number < 1 || size < 1) {
            throw new IllegalArgumentException("pages count from 1");
        }
    }

    long skip() {
        return (number - 1L) * size;
    }
}
