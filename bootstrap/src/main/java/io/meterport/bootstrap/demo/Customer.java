package io.meterport.bootstrap.demo;

import java.time.ZoneId;

/**
 * A made-up customer.
 *
 * @param subject how it is named in events
 * @param name how people call it
 * @param callsAnHour in the middle of a working day
 * @param weekend how much of that is left on a weekend
 * @param zone where its people work
 * @param growth how much it grows in a day
 */
record Customer(
        String subject,
        String name,
        double callsAnHour,
        double weekend,
        ZoneId zone,
        double growth) {}
